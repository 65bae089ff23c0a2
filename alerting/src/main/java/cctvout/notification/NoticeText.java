package cctvout.notification;

import cctvout.camera.Camera;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.outage.CauseKey;
import cctvout.outage.Outage;
import cctvout.recipient.Language;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a notice, from templates: short, read on a phone at three in the morning. */
public final class NoticeText {

    private static final int DIGEST_LINES = 20;
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)}");

    private final Map<Language, Properties> templates = new EnumMap<>(Language.class);
    private final ZoneId zone;

    private NoticeText(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Reads the templates: at start, it blocks.
     *
     * @param zone of the times in the texts
     */
    public static NoticeText load(ZoneId zone) {
        NoticeText text = new NoticeText(zone);
        for (Language language : Language.values()) {
            text.templates.put(language, read("notice_" + language.locale() + ".properties"));
        }
        return text;
    }

    private static Properties read(String name) {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(NoticeText.class.getResourceAsStream(name), name),
                        StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String opened(Language language, Issue issue, Camera camera) {
        return fill(language, "opened", issue, null, camera);
    }

    String ended(Language language, Issue issue, Ending ending, Camera camera) {
        return fill(language, "ended", issue, ending, camera);
    }

    /** The fault and its end in one. */
    String both(Language language, Issue issue, Ending ending, Camera camera) {
        return fill(language, "both", issue, ending, camera);
    }

    /** It lasts, and nobody has taken it up: a reminder, or told to others as well. */
    String still(
            Language language, NotificationEvent event, Issue issue, Camera camera, Instant now) {
        return fill(language, "still." + event, issue, null, camera, now);
    }

    String outageStill(
            Language language, NotificationEvent event, Outage outage, long down, Instant now) {
        return outage(language, "outage.still." + event, outage, List.of(), down, now);
    }

    String outageOpened(Language language, Outage outage, List<String> cameras, long total) {
        return outage(language, "outage.opened", outage, cameras, total);
    }

    /**
     * @param left those that are still down
     */
    String outageEnded(Language language, Outage outage, List<String> left) {
        String template = left.isEmpty() ? "outage.ended" : "outage.ended.but";
        return outage(language, template, outage, left, left.size());
    }

    private String outage(
            Language language, String template, Outage outage, List<String> cameras, long total) {
        Instant until = Objects.requireNonNullElse(outage.resolvedAt(), outage.openedAt());
        return outage(language, template, outage, cameras, total, until);
    }

    private String outage(
            Language language,
            String template,
            Outage outage,
            List<String> cameras,
            long total,
            Instant until) {
        StringJoiner lines = new StringJoiner("\n");
        cameras.stream().limit(DIGEST_LINES).forEach(camera -> lines.add("- " + camera));
        long more = total - Math.min(cameras.size(), DIGEST_LINES);
        if (more > 0 && !cameras.isEmpty()) {
            lines.add(filled(word(language, "more"), Map.of("count", Long.toString(more))));
        }
        Map<String, String> fields =
                Map.of(
                        "kind", word(language, "kind." + outage.kind()),
                        "cause", CauseKey.name(outage.key()),
                        "count", Long.toString(total),
                        "list", lines.toString(),
                        "since", time(language, outage.openedAt()),
                        "until", time(language, until),
                        "lasted", lasted(language, Duration.between(outage.openedAt(), until)));
        return lined(filled(word(language, template), fields));
    }

    /** Many in one: how many of which kind, and the first of them, a line each. */
    String digest(Language language, List<Notification> carried) {
        StringJoiner kinds = new StringJoiner(word(language, "and"));
        for (NotificationEvent event : NotificationEvent.values()) {
            long count = carried.stream().filter(one -> one.event() == event).count();
            if (count > 0) {
                kinds.add(
                        filled(
                                word(language, "digest." + event),
                                Map.of("count", Long.toString(count))));
            }
        }
        StringJoiner lines = new StringJoiner("\n");
        carried.stream()
                .limit(DIGEST_LINES)
                .forEach(one -> lines.add("- " + one.text().lines().findFirst().orElse("")));
        int more = carried.size() - DIGEST_LINES;
        if (more > 0) {
            lines.add(filled(word(language, "more"), Map.of("count", Integer.toString(more))));
        }
        return lined(
                filled(
                        word(language, "digest"),
                        Map.of(
                                "count", Integer.toString(carried.size()),
                                "kinds", kinds.toString(),
                                "list", lines.toString())));
    }

    /** One that did not reach its recipient, as others read it. */
    String undelivered(
            Language language, String recipient, String channel, String error, String message) {
        return lined(
                filled(
                        word(language, "undelivered"),
                        Map.of(
                                "recipient", recipient,
                                "channel", word(language, "channel." + channel),
                                "error", error,
                                "message", message)));
    }

    /**
     * The engine's own trouble.
     *
     * @param until null while it lasts
     */
    public String alarm(
            Language language,
            String kind,
            String details,
            Instant since,
            @Nullable Instant until) {
        return lined(
                filled(
                        word(language, until == null ? "alarm" : "alarm.over"),
                        Map.of(
                                "trouble",
                                word(language, "trouble." + kind),
                                "details",
                                details,
                                "since",
                                time(language, since),
                                "until",
                                until == null ? "" : time(language, until))));
    }

    private static String lined(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((above, below) -> above + "\n" + below)
                .orElse("");
    }

    private String fill(
            Language language,
            String template,
            Issue issue,
            @Nullable Ending ending,
            Camera camera) {
        Instant until = Objects.requireNonNullElse(issue.resolvedAt(), issue.openedAt());
        return fill(language, template, issue, ending, camera, until);
    }

    private String fill(
            Language language,
            String template,
            Issue issue,
            @Nullable Ending ending,
            Camera camera,
            Instant until) {
        Map<String, String> fields =
                Map.of(
                        "kind", word(language, "kind." + issue.kind()),
                        "camera", name(camera),
                        "place", place(language, camera),
                        "evidence", evidence(language, issue),
                        "since", time(language, issue.openedAt()),
                        "until", time(language, until),
                        "lasted", lasted(language, Duration.between(issue.openedAt(), until)),
                        "ending", ending == null ? "" : word(language, "ending." + ending),
                        "title", ending == null ? "" : word(language, "title." + ending));
        return lined(filled(word(language, template), fields));
    }

    private static String filled(String template, Map<String, String> fields) {
        return FIELD.matcher(template)
                .replaceAll(
                        field ->
                                Matcher.quoteReplacement(
                                        fields.getOrDefault(field.group(1), field.group())));
    }

    /** What was measured, in plain words. */
    private String evidence(Language language, Issue issue) {
        StringJoiner evidence = new StringJoiner(word(language, "and"));
        IcmpResult icmp = issue.evidence().icmp();
        if (icmp != null) {
            evidence.add(ping(language, icmp));
        }
        if (issue.evidence().hls() != null) {
            String reason = word(language, "hls." + issue.evidence().hls().reason());
            evidence.add(filled(word(language, "stream"), Map.of("reason", reason)));
        }
        return evidence.length() == 0 ? issue.reason() : evidence.toString();
    }

    private String ping(Language language, IcmpResult icmp) {
        String template = icmp.status() == IcmpStatus.FAIL ? "ping.FAIL" : "ping." + icmp.status();
        return filled(
                word(language, template),
                Map.of(
                        "sent", Integer.toString(icmp.sent()),
                        "received", Integer.toString(icmp.received()),
                        "lost", Integer.toString(icmp.sent() - icmp.received()),
                        "reason", word(language, "icmp." + icmp.reason())));
    }

    static String name(Camera camera) {
        return camera.name() == null || camera.name().isBlank()
                ? camera.id().value()
                : camera.name() + " (" + camera.id() + ")";
    }

    private String place(Language language, Camera camera) {
        StringJoiner place = new StringJoiner(" · ");
        if (camera.line() != null) {
            place.add(filled(word(language, "line"), Map.of("line", camera.line())));
        }
        if (camera.address() != null) {
            place.add(camera.address());
        }
        return place.toString();
    }

    private String time(Language language, Instant at) {
        return DateTimeFormatter.ofPattern(word(language, "time"), language.locale())
                .format(at.atZone(zone));
    }

    private String lasted(Language language, Duration duration) {
        long minutes = duration.toMinutes();
        String template =
                minutes == 0 ? "lasted.seconds" : minutes < 60 ? "lasted.minutes" : "lasted.hours";
        return filled(
                word(language, template),
                Map.of(
                        "seconds", Long.toString(Math.max(0, duration.toSeconds())),
                        "minutes", Long.toString(minutes < 60 ? minutes : minutes % 60),
                        "hours", Long.toString(duration.toHours())));
    }

    /** The word for a key; the code itself where there is none for it yet. */
    String word(Language language, String key) {
        return Objects.requireNonNull(templates.get(language))
                .getProperty(key, key.substring(key.indexOf('.') + 1));
    }
}
