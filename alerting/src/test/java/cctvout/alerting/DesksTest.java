package cctvout.alerting;

import static cctvout.notification.NotificationEvent.ESCALATED;
import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.FAILED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.ImpossibleStepException;
import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.issue.TimelineEntry;
import cctvout.log.LogEntry;
import cctvout.notification.NotResendableException;
import cctvout.notification.Notification;
import cctvout.recipient.Language;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.Secret;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;
import cctvout.rows.Rows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.OptionalLong;

/** What people do: close issues, read and resend notices, change who is told. */
class DesksTest {

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
        bench.camera("C-1", "L-17", "한빛");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void closedByHandIsTakenBackAndTheFaultsOwnEndIsNotTold() {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        String id = bench.issues().getFirst().id();
        IssueDesk desk = bench.alerting.issueDesk();
        assertThat(Bench.get(desk.countUnresolved())).isEqualTo(1);
        Bench.get(desk.patch(id, new IssuePatch(IssueStatus.IN_PROGRESS, "김", null, null), "a"));
        assertThat(bench.notifications()).hasSize(1);
        Issue closed =
                Bench.get(
                        desk.patch(
                                id, new IssuePatch(IssueStatus.RESOLVED, null, null, null), "a"));
        assertThat(closed.endedSeq()).isNull();
        assertThat(bench.notifications()).hasSize(3);
        assertThat(bench.notifications())
                .filteredOn(notification -> notification.event() == RECOVERED)
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "control-room");
        StepVerifier.create(
                        desk.patch(
                                id, new IssuePatch(IssueStatus.IN_PROGRESS, null, null, null), "a"))
                .expectError(ImpossibleStepException.class)
                .verify(Bench.SOON);

        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications()).hasSize(3);
        Issue ended = Bench.get(desk.find(id));
        assertThat(ended.endedSeq()).isNotNull();
        assertThat(ended.timeline().getLast().step()).isEqualTo(TimelineEntry.Step.FAULT_ENDED);
        assertThat(Bench.get(desk.countUnresolved())).isZero();
    }

    @Test
    void inboxIsReadAndResendFollowsItsRules() {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        var inbox = bench.alerting.inbox();
        Notification notice = Bench.get(inbox.list("line-17", true, 10, null)).items().getFirst();
        assertThat(Bench.get(inbox.markRead(notice.id())).readAt()).isNotNull();
        assertThat(Bench.get(inbox.unreadCount("line-17"))).isZero();
        assertThat(Bench.get(bench.alerting.notificationDesk().resend(notice.id())).id())
                .isEqualTo(notice.id());
        assertThat(Bench.get(inbox.unreadCount("line-17"))).isEqualTo(1);
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        StepVerifier.create(bench.alerting.notificationDesk().resend(notice.id()))
                .expectError(NotResendableException.class)
                .verify(Bench.SOON);
        StepVerifier.create(bench.alerting.notificationDesk().resend("nobody"))
                .expectComplete()
                .verify(Bench.SOON);
    }

    /** Whoever pressed the button looks on. */
    @Test
    void triesOfWhatWasSentAgainByHandAreToldAsTheyFail() {
        bench.receiver.answer("/line", _ -> Mono.just(500));
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        String id =
                bench.notifications().stream()
                        .filter(one -> one.status() == CREATED)
                        .map(Notification::id)
                        .findFirst()
                        .orElseThrow();
        Bench.get(bench.alerting.notificationDesk().resend(id));
        bench.start();
        bench.until(found -> found.stream().anyMatch(one -> one.status() == FAILED));
        assertThat(told(id))
                .containsExactly(
                        "CREATED 0 -",
                        "CREATED 0 -",
                        "CREATED 1 HTTP 500",
                        "CREATED 2 HTTP 500",
                        "FAILED 3 HTTP 500");
    }

    private List<String> told(String id) {
        return Bench.get(bench.events.read(0, List.of(LogEntry.NOTIFICATION), 1000)).stream()
                .filter(entry -> entry.subject().equals(id))
                .map(entry -> Rows.read(entry.body(), JsonNode.class))
                .map(
                        body ->
                                body.get("status").asString()
                                        + " "
                                        + body.get("attempts").asInt()
                                        + " "
                                        + body.path("lastError").asString("-"))
                .toList();
    }

    @Test
    void recipientsAreKeptWithVersionsAndRemovedWithWhatTheyAreOwed() {
        var recipients = bench.alerting.recipients();
        var stored =
                bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        assertThat(stored.version()).isEqualTo(1);
        StepVerifier.create(recipients.create(stored))
                .expectError(RecordExistsException.class)
                .verify(Bench.SOON);
        var masked =
                new Recipient(
                        "line-17",
                        "회선 담당",
                        LINE_OPERATOR,
                        Language.EN,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                new RecipientChannel.Webhook(
                                        bench.receiver.url("/line"), new Secret(Secret.MASK))),
                        true,
                        0);
        var changed = Bench.get(recipients.update(masked, OptionalLong.of(1)));
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.channels()).isEqualTo(stored.channels());
        assertThat(Bench.get(recipients.find("line-17"))).isEqualTo(changed);
        StepVerifier.create(recipients.update(masked, OptionalLong.of(1)))
                .expectError(StaleRecordException.class)
                .verify(Bench.SOON);
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(
                        Bench.get(
                                bench.alerting
                                        .notificationDesk()
                                        .removeRecipient("line-17", OptionalLong.empty())))
                .isTrue();
        assertThat(bench.notifications())
                .extracting(
                        Notification::recipientId,
                        Notification::status,
                        Notification::event,
                        Notification::lastError)
                .as("a notice always has a reader")
                .containsExactlyInAnyOrder(
                        tuple("line-17", CANCELLED, OPENED, "recipient removed"),
                        tuple("control-room", SENT, ESCALATED, null));
        assertThat(Bench.get(recipients.all())).isEmpty();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .extracting(Notification::recipientId)
                .containsExactly("control-room");
    }

    @Test
    void whatAnotherWasToldOfHasAReaderWhoeverIsRemoved() {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("night-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/night"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        Bench.get(
                bench.alerting.notificationDesk().removeRecipient("line-17", OptionalLong.empty()));
        assertThat(bench.notifications())
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "night-17");
    }
}
