package cctvout.notification;

import cctvout.camera.Camera;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.outage.CauseKey;
import cctvout.outage.Outage;
import cctvout.recipient.Language;
import cctvout.template.EvidenceWords;
import cctvout.template.Words;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What the placeholders of a notice stand for. No value brings a line of its own into a text. */
final class NoticeFields {

    /** Lines that a list has at most. */
    private static final int LISTED = 20;

    private static final String LINE = "line:";

    private final Words words;
    private final EvidenceWords evidence;
    private final ZoneId zone;
    private final PageLinks links;

    NoticeFields(Words words, ZoneId zone, PageLinks links) {
        this.words = words;
        this.evidence = new EvidenceWords(words);
        this.zone = zone;
        this.links = links;
    }

    /**
     * @param ending null while it is not over
     * @param until its end, or now
     */
    Map<String, String> of(
            Language language, Issue issue, @Nullable Ending ending, Camera camera, Instant until) {
        Map<String, String> fields = new HashMap<>();
        fields.put("camera", name(camera));
        fields.put("place", oneLine(place(language, camera)));
        fields.put("line", oneLine(camera.line()));
        fields.put("site", oneLine(camera.site()));
        fields.put("district", oneLine(camera.district()));
        fields.put("vendor", oneLine(camera.vendor()));
        fields.put("kind", words.word(language, "kind." + issue.kind()));
        fields.put("evidence", oneLine(evidence.of(language, issue)));
        fields.put("cause", oneLine(evidence.cause(language, issue.reason())));
        fields.put("issue", issue.id());
        fields.put("link", links.issue(issue.id()));
        fields.put("handling", handling(language, issue));
        fields.put("count", "1");
        fields.put("ending", ending == null ? "" : words.word(language, "ending." + ending));
        fields.put("title", ending == null ? "" : words.word(language, "title." + ending));
        span(fields, language, issue.openedAt(), until);
        return fields;
    }

    /**
     * @param cameras those to be listed
     * @param total how many there are
     * @param taken how many of them somebody has taken up
     */
    Map<String, String> of(
            Language language,
            Outage outage,
            List<String> cameras,
            long total,
            long taken,
            Instant until) {
        boolean line = outage.key().startsWith(LINE);
        String cause = oneLine(shared(language, outage.key()));
        Map<String, String> fields = new HashMap<>();
        fields.put("kind", words.word(language, "kind." + outage.kind()));
        fields.put("cause", cause);
        fields.put("line", line ? cause : "");
        fields.put("issue", outage.id());
        fields.put("link", links.outage(outage.id()));
        fields.put("handling", handling(language, taken, total));
        fields.put("count", Long.toString(total));
        fields.put("list", list(language, cameras, cameras.isEmpty() ? 0 : total));
        fields.put("flapping", flapping(language, outage));
        span(fields, language, outage.openedAt(), until);
        return fields;
    }

    /** Who has it: one that is open again may be somebody's still. */
    private String handling(Language language, Issue issue) {
        String who = oneLine(issue.assignee());
        return who.isEmpty()
                ? words.word(
                        language,
                        issue.acknowledgedAt() == null ? "handling.nobody" : "handling.begun")
                : words.word(language, "handling.assigned", Map.of("assignee", who));
    }

    private String handling(Language language, long taken, long total) {
        return words.word(
                language,
                taken == 0 ? "handling.nobody" : "handling.some",
                Map.of("taken", Long.toString(taken), "count", Long.toString(total)));
    }

    /** What follows a sentence where it comes and goes, else nothing. */
    private String flapping(Language language, Outage outage) {
        return outage.flaps() == null
                ? ""
                : words.word(language, "besides")
                        + words.word(
                                language, "flapping", Map.of("faults", outage.flaps().toString()));
    }

    /** A line's or a server's name alone, else with what it is: {@code site S-3}. */
    private String shared(Language language, String key) {
        String name = CauseKey.name(key);
        boolean alone = key.startsWith(CauseKey.LINE) || key.startsWith(CauseKey.HOST);
        String what = "shared." + key.substring(0, Math.max(0, key.indexOf(':')));
        return alone ? name : words.word(language, what, Map.of("name", name));
    }

    private void span(Map<String, String> fields, Language language, Instant since, Instant until) {
        fields.put("since", time(language, since));
        fields.put("until", time(language, until));
        // clocks of several machines
        Instant end = until.isBefore(since) ? since : until;
        fields.put("lasted", lasted(language, Duration.between(since, end)));
    }

    /** The first of them, a line each, and how many more there are. */
    String list(Language language, List<String> items, long total) {
        StringJoiner lines = new StringJoiner("\n");
        items.stream().limit(LISTED).forEach(item -> lines.add("- " + oneLine(item)));
        long more = total - Math.min(items.size(), LISTED);
        if (more > 0) {
            lines.add(words.word(language, "more", Map.of("count", Long.toString(more))));
        }
        return lines.toString();
    }

    /** Why the monitor itself ails, in one line. */
    String causes(Language language, List<AlarmCause> causes) {
        return causes.stream()
                .map(one -> oneLine(cause(language, one)))
                .collect(Collectors.joining(words.word(language, "besides")));
    }

    private String cause(Language language, AlarmCause cause) {
        String key = "cause." + cause.code();
        if (!words.has(language, key)) {
            return cause.details();
        }
        Map<String, String> figures = new HashMap<>(cause.figures());
        if (cause.since() != null) {
            figures.put("since", time(language, cause.since()));
        }
        String said = words.word(language, key, figures);
        return cause.node() == null ? said : cause.node() + ": " + said;
    }

    static String name(Camera camera) {
        return oneLine(
                camera.name() == null || camera.name().isBlank()
                        ? camera.id().value()
                        : camera.name() + " (" + camera.id() + ")");
    }

    static String oneLine(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    private String place(Language language, Camera camera) {
        StringJoiner place = new StringJoiner(" · ");
        if (camera.line() != null) {
            place.add(words.word(language, "line", Map.of("line", camera.line())));
        }
        if (camera.address() != null) {
            place.add(camera.address());
        }
        return place.toString();
    }

    String time(Language language, Instant at) {
        return DateTimeFormatter.ofPattern(words.word(language, "time"), language.locale())
                .format(at.atZone(zone));
    }

    private String lasted(Language language, Duration duration) {
        long minutes = duration.toMinutes();
        String how =
                minutes == 0 ? "lasted.seconds" : minutes < 60 ? "lasted.minutes" : "lasted.hours";
        return words.word(
                language,
                how,
                Map.of(
                        "seconds", Long.toString(duration.toSeconds()),
                        "minutes", Long.toString(minutes < 60 ? minutes : minutes % 60),
                        "hours", Long.toString(duration.toHours())));
    }
}
