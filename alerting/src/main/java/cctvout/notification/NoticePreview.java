package cctvout.notification;

import cctvout.camera.Camera;
import cctvout.engine.EngineCause;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.outage.Outage;
import cctvout.recipient.Language;
import cctvout.template.Message;
import cctvout.template.MessageKind;
import cctvout.template.Template;
import cctvout.template.Words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/** What a text would look like: of an issue that there is, or of an example. */
public final class NoticePreview {

    /** How long an example lasts. */
    private static final Duration LASTED = Duration.ofMinutes(83);

    private static final List<AlarmCause> BLIND =
            List.of(AlarmCause.of(EngineCause.of(EngineCause.Code.NO_CANARY_ANSWERS)));

    private final Words words;
    private final ZoneId zone;
    private final PageLinks links;

    /**
     * @param zone of the times in the texts
     * @param links where in the page they lead
     */
    public NoticePreview(Words words, ZoneId zone, PageLinks links) {
        this.words = words;
        this.zone = zone;
        this.links = links;
    }

    /** Of an example. */
    public Message of(MessageKind kind, Language language, Template template, Instant now) {
        NoticeText text = new NoticeText(words, (_, _) -> template, zone, links);
        Instant since = now.minus(LASTED);
        ExampleFault fault = new ExampleFault(language, since);
        return switch (kind) {
            case OPENED, REMINDER, ESCALATED, RECOVERED, OPENED_AND_RECOVERED ->
                    of(kind, language, template, fault.issue(), fault.camera(), now);
            case OUTAGE_OPENED -> text.outageOpened(language, fault.outage(), fault.cameras(), 42);
            case OUTAGE_REMINDER -> outageStill(text, NotificationEvent.REMINDER, fault, now);
            case OUTAGE_ESCALATED -> outageStill(text, NotificationEvent.ESCALATED, fault, now);
            case OUTAGE_RECOVERED ->
                    text.outageEnded(language, fault.outage().resolved(now), List.of());
            case OUTAGE_RECOVERED_IN_PART ->
                    text.outageEnded(language, fault.outage().resolved(now), fault.cameras());
            case DIGEST -> text.digest(language, fault.notices(opened(fault, now).body()));
            case UNDELIVERED ->
                    text.undelivered(
                            language,
                            Objects.requireNonNull(fault.camera().vendor()),
                            fault.notices(opened(fault, now).body()).getFirst(),
                            FailureCause.http(503));
            case ALARM -> text.alarm(language, "MONITOR_BLIND", BLIND, since, null);
            case ALARM_RECOVERED -> text.alarm(language, "MONITOR_BLIND", BLIND, since, now);
        };
    }

    private static Message outageStill(
            NoticeText text, NotificationEvent event, ExampleFault fault, Instant now) {
        Outage outage = fault.outage();
        return text.outageStill(fault.language(), event, outage, fault.cameras().size(), 0, now);
    }

    private Message opened(ExampleFault fault, Instant now) {
        Template usual = words.of(MessageKind.OPENED, fault.language());
        return of(MessageKind.OPENED, fault.language(), usual, fault.issue(), fault.camera(), now);
    }

    /**
     * Of an issue that there is; one that is not over is taken to recover now where the text is of
     * an end.
     *
     * @param kind one about an issue
     */
    public Message of(
            MessageKind kind,
            Language language,
            Template template,
            Issue issue,
            Camera camera,
            Instant now) {
        NoticeText text = new NoticeText(words, (_, _) -> template, zone, links);
        Ending ending =
                issue.resolution() == null ? Ending.RECOVERED : Ending.valueOf(issue.resolution());
        return switch (kind) {
            case RECOVERED -> text.ended(language, issue, ending, camera, now);
            case OPENED_AND_RECOVERED -> text.both(language, issue, ending, camera, now);
            case REMINDER -> text.still(language, NotificationEvent.REMINDER, issue, camera, now);
            case ESCALATED -> text.still(language, NotificationEvent.ESCALATED, issue, camera, now);
            default -> text.opened(language, issue, camera);
        };
    }
}
