package cctvout.notification;

import static cctvout.template.MessageKind.ALARM;
import static cctvout.template.MessageKind.ALARM_RECOVERED;
import static cctvout.template.MessageKind.DIGEST;
import static cctvout.template.MessageKind.ESCALATED;
import static cctvout.template.MessageKind.OPENED;
import static cctvout.template.MessageKind.OPENED_AND_RECOVERED;
import static cctvout.template.MessageKind.OUTAGE_ESCALATED;
import static cctvout.template.MessageKind.OUTAGE_OPENED;
import static cctvout.template.MessageKind.OUTAGE_RECOVERED;
import static cctvout.template.MessageKind.OUTAGE_RECOVERED_IN_PART;
import static cctvout.template.MessageKind.OUTAGE_REMINDER;
import static cctvout.template.MessageKind.RECOVERED;
import static cctvout.template.MessageKind.REMINDER;
import static cctvout.template.MessageKind.UNDELIVERED;

import cctvout.camera.Camera;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.outage.Outage;
import cctvout.recipient.Language;
import cctvout.template.Message;
import cctvout.template.MessageKind;
import cctvout.template.TemplateSource;
import cctvout.template.Words;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** The words of a notice, from templates: short, read on a phone at three in the morning. */
public final class NoticeText {

    private final Words words;
    private final TemplateSource templates;
    private final PageLinks links;
    private final NoticeFields fields;

    /**
     * @param zone of the times in the texts
     * @param links where in the page they lead
     */
    public NoticeText(Words words, TemplateSource templates, ZoneId zone, PageLinks links) {
        this.words = words;
        this.templates = templates;
        this.links = links;
        this.fields = new NoticeFields(words, zone, links);
    }

    Message opened(Language language, Issue issue, Camera camera) {
        return issue(OPENED, language, issue, null, camera, issue.openedAt());
    }

    Message ended(Language language, Issue issue, Ending ending, Camera camera) {
        return ended(language, issue, ending, camera, issue.openedAt());
    }

    /**
     * @param now its end, where it has none
     */
    Message ended(Language language, Issue issue, Ending ending, Camera camera, Instant now) {
        return issue(RECOVERED, language, issue, ending, camera, end(issue, now));
    }

    /** The fault and its end in one. */
    Message both(Language language, Issue issue, Ending ending, Camera camera) {
        return both(language, issue, ending, camera, issue.openedAt());
    }

    /**
     * @param now its end, where it has none
     */
    Message both(Language language, Issue issue, Ending ending, Camera camera, Instant now) {
        return issue(OPENED_AND_RECOVERED, language, issue, ending, camera, end(issue, now));
    }

    /** It lasts, and nobody is at it: a reminder, or told to others as well. */
    Message still(
            Language language, NotificationEvent event, Issue issue, Camera camera, Instant now) {
        MessageKind kind = event == NotificationEvent.REMINDER ? REMINDER : ESCALATED;
        return issue(kind, language, issue, null, camera, now);
    }

    private static Instant end(Issue issue, Instant otherwise) {
        return Objects.requireNonNullElse(issue.resolvedAt(), otherwise);
    }

    private Message issue(
            MessageKind kind,
            Language language,
            Issue issue,
            @Nullable Ending ending,
            Camera camera,
            Instant until) {
        return templates
                .of(kind, language)
                .message(fields.of(language, issue, ending, camera, until));
    }

    /**
     * @param taken how many of those that are down somebody has taken up
     */
    Message outageStill(
            Language language,
            NotificationEvent event,
            Outage outage,
            long down,
            long taken,
            Instant now) {
        MessageKind kind = event == NotificationEvent.REMINDER ? OUTAGE_REMINDER : OUTAGE_ESCALATED;
        return outage(kind, language, outage, List.of(), down, taken, now);
    }

    Message outageOpened(Language language, Outage outage, List<String> cameras, long total) {
        return outage(OUTAGE_OPENED, language, outage, cameras, total, 0, outage.openedAt());
    }

    /**
     * @param left those that are still down
     */
    Message outageEnded(Language language, Outage outage, List<String> left) {
        return outageEnded(language, outage, left, left.size());
    }

    /**
     * @param left the first of those that are still down
     * @param total how many are
     */
    Message outageEnded(Language language, Outage outage, List<String> left, long total) {
        MessageKind kind = total == 0 ? OUTAGE_RECOVERED : OUTAGE_RECOVERED_IN_PART;
        Instant until = Objects.requireNonNullElse(outage.resolvedAt(), outage.openedAt());
        return outage(kind, language, outage, left, total, 0, until);
    }

    private Message outage(
            MessageKind kind,
            Language language,
            Outage outage,
            List<String> cameras,
            long total,
            long taken,
            Instant until) {
        return templates
                .of(kind, language)
                .message(fields.of(language, outage, cameras, total, taken, until));
    }

    /** Many in one: how many of which kind, and the first of them, a line each. */
    Message digest(Language language, List<Notification> carried) {
        StringJoiner kinds = new StringJoiner(words.word(language, "and"));
        for (NotificationEvent event : NotificationEvent.values()) {
            long count = carried.stream().filter(one -> one.event() == event).count();
            if (count > 0) {
                kinds.add(
                        words.word(
                                language,
                                "digest." + event + (count == 1 ? ".one" : ""),
                                Map.of("count", Long.toString(count))));
            }
        }
        List<String> first =
                carried.stream().map(one -> one.text().lines().findFirst().orElse("")).toList();
        return templates
                .of(DIGEST, language)
                .message(
                        Map.of(
                                "count", Integer.toString(carried.size()),
                                "kinds", kinds.toString(),
                                "link", links.issues(),
                                "list", fields.list(language, first, first.size())));
    }

    /**
     * One that did not reach its recipient, as others read it.
     *
     * @param recipient by name
     */
    Message undelivered(
            Language language, String recipient, Notification failed, FailureCause cause) {
        return templates
                .of(UNDELIVERED, language)
                .message(
                        Map.of(
                                "recipient", NoticeFields.oneLine(recipient),
                                "channel", words.word(language, "channel." + failed.channel()),
                                "error", words(language, cause),
                                "link", links.of(failed),
                                "message", failed.text()));
    }

    private String words(Language language, FailureCause cause) {
        return words.word(
                language,
                "failure." + cause.code(),
                Map.of("figure", NoticeFields.oneLine(cause.figure())));
    }

    /**
     * The engine's own trouble.
     *
     * @param until null while it lasts
     */
    public Message alarm(
            Language language,
            String kind,
            List<AlarmCause> causes,
            Instant since,
            @Nullable Instant until) {
        return trouble(
                language,
                words.word(language, "trouble." + kind),
                fields.causes(language, causes),
                since,
                until);
    }

    /**
     * A channel that nothing passes any more.
     *
     * @param channel its type, or its key where it is gone
     * @param until null while it lasts
     */
    public Message deadChannel(
            Language language,
            String recipient,
            String channel,
            Instant since,
            @Nullable Instant until) {
        Map<String, String> whose =
                Map.of(
                        "recipient", NoticeFields.oneLine(recipient),
                        "channel", words.word(language, "channel." + channel));
        return trouble(
                language,
                words.word(language, "trouble.CHANNEL_DEAD.of", whose),
                words.word(language, "trouble.CHANNEL_DEAD.details"),
                since,
                until);
    }

    private Message trouble(
            Language language,
            String trouble,
            String details,
            Instant since,
            @Nullable Instant until) {
        return templates
                .of(until == null ? ALARM : ALARM_RECOVERED, language)
                .message(
                        Map.of(
                                "trouble",
                                trouble,
                                "details",
                                details,
                                "link",
                                links.home(),
                                "since",
                                fields.time(language, since),
                                "until",
                                until == null ? "" : fields.time(language, until)));
    }
}
