package cctvout.template;

import java.util.ArrayList;
import java.util.List;

/** What a notice tells: each has a text in each language, which an operator can change. */
public enum MessageKind {
    OPENED("opened", About.ISSUE),
    REMINDER("still.REMINDER", About.ISSUE, "lasted", "handling"),
    ESCALATED("still.ESCALATED", About.ISSUE, "lasted", "handling"),
    RECOVERED("ended", About.ISSUE, "until", "lasted", "ending", "title"),
    /** The fault was not told yet when it ended. */
    OPENED_AND_RECOVERED("both", About.ISSUE, "until", "lasted", "ending", "title"),
    OUTAGE_OPENED("outage.opened", About.OUTAGE, "list"),
    OUTAGE_REMINDER("outage.still.REMINDER", About.OUTAGE, "lasted", "handling"),
    OUTAGE_ESCALATED("outage.still.ESCALATED", About.OUTAGE, "lasted", "handling"),
    OUTAGE_RECOVERED("outage.ended", About.OUTAGE, "until", "lasted"),
    /** Some of its cameras are still down, and told of singly. */
    OUTAGE_RECOVERED_IN_PART("outage.ended.but", About.OUTAGE, "until", "lasted", "list"),
    DIGEST("digest", About.NOTICES, "kinds", "list"),
    /** Another's notice did not reach its recipient. */
    UNDELIVERED("undelivered", About.OTHER, "recipient", "channel", "error", "message"),
    ALARM("alarm", About.OTHER, "trouble", "details", "since"),
    ALARM_RECOVERED("alarm.over", About.OTHER, "trouble", "details", "since", "until");

    /** What it is about, which gives most of what it can say. */
    public enum About {
        ISSUE(
                "camera",
                "place",
                "line",
                "site",
                "district",
                "vendor",
                "kind",
                "since",
                "evidence",
                "cause",
                "issue",
                "count",
                "link"),
        OUTAGE("kind", "cause", "line", "since", "issue", "count", "flapping", "link"),
        NOTICES("count", "link"),
        OTHER("link");

        private final List<String> placeholders;

        About(String... placeholders) {
            this.placeholders = List.of(placeholders);
        }
    }

    private final String key;
    private final About about;
    private final List<String> placeholders;

    MessageKind(String key, About about, String... more) {
        this.key = key;
        this.about = about;
        List<String> all = new ArrayList<>(about.placeholders);
        all.addAll(List.of(more));
        this.placeholders = List.copyOf(all);
    }

    /** Of the built-in text. */
    String key() {
        return key;
    }

    public About about() {
        return about;
    }

    /** What a text of it may name, as {@code {camera}}. */
    public List<String> placeholders() {
        return placeholders;
    }
}
