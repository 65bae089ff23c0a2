package cctvout.alerting;

import static cctvout.notification.NotificationEvent.ESCALATED;
import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.issue.TimelineEntry;
import cctvout.notification.Notification;
import cctvout.policy.EscalationStep;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What follows while nobody takes a fault up. */
class ReminderTest extends PolicyCase {

    @Test
    void reminderAfterReminderUntilTheFaultEndsAndOneRecovery() throws Exception {
        policy(REMINDERS, null);
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        assertThat(bench.receiver.next().text("event")).isEqualTo("OPENED");
        sent(1);
        later(Duration.ofMinutes(29));
        assertThat(Bench.get(bench.alerting.consumer().due())).isZero();
        for (int reminder = 1; reminder <= 3; reminder++) {
            later(reminder == 1 ? Duration.ofMinutes(1) : Duration.ofHours(4));
            Receiver.Hook hook = bench.receiver.next();
            assertThat(hook.path()).isEqualTo("/line");
            assertThat(hook.text("event")).isEqualTo("REMINDER");
            assertThat(hook.text("text")).contains("재알림", "터미널 앞 (C-1)", "맡은 사람이 없습니다");
            sent(1 + reminder);
        }
        assertThat(bench.count("follow_up")).as("three were enough").isZero();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        assertThat(bench.receiver.rest()).isEmpty();
    }

    @Test
    void whoeverItWasEscalatedToIsToldOfTheEndOnce() throws Exception {
        policy(null, null, new EscalationStep(Duration.ofHours(1), ids("chief")));
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.receiver.next();
        sent(1);
        later(Duration.ofHours(1));
        Receiver.Hook hook = bench.receiver.next();
        assertThat(hook.path()).isEqualTo("/chief");
        assertThat(hook.text("event")).isEqualTo("ESCALATED");
        assertThat(hook.json().at("/issue/kind").asString()).isEqualTo("LINE");
        assertThat(hook.text("text")).startsWith("[상향 보고: 회선 장애]");
        sent(3);
        Issue issue = bench.issues().getFirst();
        Issue shown = Bench.get(bench.alerting.issueDesk().shown(issue, null));
        assertThat(shown.timeline())
                .hasSize(issue.timeline().size() + 1)
                .extracting(TimelineEntry::step, TimelineEntry::text)
                .contains(tuple(TimelineEntry.Step.ESCALATED, "chief"));
        assertThat(Bench.get(bench.alerting.issueDesk().shown(issue, "chief"))).isEqualTo(shown);
        assertThat(Bench.get(bench.alerting.issueDesk().shown(issue, "line-17")).timeline())
                .as("a party does not read who the others are")
                .hasSize(issue.timeline().size() + 1)
                .extracting(TimelineEntry::step, TimelineEntry::text)
                .contains(tuple(TimelineEntry.Step.ESCALATED, null));
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.receiver.next(3);
        sent(7);
        assertThat(bench.notifications())
                .filteredOn(one -> one.recipientId().equals("chief"))
                .extracting(Notification::event, Notification::channel)
                .containsExactlyInAnyOrder(
                        tuple(ESCALATED, "webhook"),
                        tuple(ESCALATED, "inbox"),
                        tuple(RECOVERED, "webhook"),
                        tuple(RECOVERED, "inbox"));
    }

    @Test
    void whoTakesItUpIsLeftInPeaceAndStillToldOfTheEnd() {
        policy(REMINDERS, null, new EscalationStep(Duration.ofHours(1), ids("chief")));
        failed("C-1");
        assertThat(bench.count("follow_up")).isEqualTo(1);
        patch(new IssuePatch(IssueStatus.IN_PROGRESS, null, null, null));
        assertThat(bench.count("follow_up")).isZero();
        later(Duration.ofHours(9));
        due();
        assertThat(bench.notifications()).extracting(Notification::event).containsOnly(OPENED);
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "room");
    }

    @Test
    void whatWasToldAgainAndNotSentYetIsNotOwedOnceSomebodyTakesItUp() {
        policy(REMINDERS, null, new EscalationStep(Duration.ofMinutes(30), ids("chief")));
        failed("C-1");
        later(Duration.ofMinutes(30));
        bench.stop();
        due();
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() == CREATED)
                .extracting(Notification::recipientId, Notification::event)
                .containsExactlyInAnyOrder(tuple("line-17", REMINDER), tuple("chief", ESCALATED));
        patch(new IssuePatch(IssueStatus.IN_PROGRESS, null, null, null));
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() == CANCELLED)
                .extracting(Notification::lastError)
                .hasSize(2)
                .containsOnly("somebody took it up");
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .extracting(Notification::recipientId, Notification::channel)
                .as("the chief has it in the inbox")
                .containsExactlyInAnyOrder(
                        tuple("line-17", "webhook"),
                        tuple("chief", "inbox"),
                        tuple("room", "webhook"));
    }

    @Test
    void whoHasNotGotTheFirstNoticeNeedsNoReminder() {
        policy(REMINDERS, null);
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        later(Duration.ofMinutes(30));
        assertThat(due()).isEqualTo(1);
        assertThat(bench.notifications()).extracting(Notification::event).containsOnly(OPENED);
    }

    @Test
    void oneThatFailsIsReadElsewhereThoughTheOneBeforeArrived() throws Exception {
        policy(REMINDERS, null);
        failed("C-1");
        later(Duration.ofMinutes(30));
        sent(2);
        bench.receiver.answer("/line", _ -> Mono.just(500));
        later(Duration.ofHours(4));
        assertThat(
                        bench
                                .until(
                                        all ->
                                                all.stream()
                                                        .anyMatch(one -> one.event() == ESCALATED))
                                .stream()
                                .filter(one -> one.event() == ESCALATED))
                .extracting(Notification::recipientId, Notification::channel)
                .containsExactly(tuple("room", "inbox"));
    }

    @Test
    void aStepThatDoesNotCommitIsMadeAgainAndOnce() {
        policy(REMINDERS, null, new EscalationStep(Duration.ofMinutes(30), ids("chief")));
        failed("C-1");
        bench.stop();
        later(Duration.ofMinutes(30));
        // the last statement of the transaction fails
        run(
                "create function refuse() returns trigger language plpgsql as $$ begin raise 'no';"
                        + " end $$");
        run(
                "create trigger refuse before insert on event_log for each row execute function"
                        + " refuse()");
        StepVerifier.create(bench.alerting.consumer().due()).expectError().verify(Bench.SOON);
        assertThat(bench.notifications()).hasSize(1);
        run("drop trigger refuse on event_log");
        due();
        due();
        assertThat(bench.notifications())
                .extracting(Notification::event, Notification::channel)
                .containsExactlyInAnyOrder(
                        tuple(OPENED, "webhook"),
                        tuple(REMINDER, "webhook"),
                        tuple(ESCALATED, "webhook"),
                        tuple(ESCALATED, "inbox"));
        assertThat(bench.count("event_log where body like '%REMINDER%'")).isEqualTo(1);
    }

    @Test
    void twoProcessesAtOnceMakeOneReminder() {
        policy(REMINDERS, null);
        failed("C-1");
        bench.stop();
        later(Duration.ofMinutes(30));
        Mono<Integer> once = bench.alerting.consumer().due();
        Bench.get(Mono.zip(once, once, once));
        assertThat(bench.notifications())
                .extracting(Notification::event)
                .containsExactlyInAnyOrder(OPENED, REMINDER);
    }

    @Test
    void whatIsInTheLogAlreadyIsReadBeforeAnybodyIsReminded() {
        policy(REMINDERS, null);
        failed("C-1");
        bench.stop();
        later(Duration.ofMinutes(30));
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        assertThat(due()).isZero();
        bench.consume();
        assertThat(due()).isZero();
        assertThat(bench.notifications()).extracting(Notification::event).doesNotContain(REMINDER);
        assertThat(bench.count("follow_up")).isZero();
    }

    @Test
    void anOutageIsRememberedAsOneUntilSomebodyTakesUpOneOfIt() {
        policy(REMINDERS, null, new EscalationStep(Duration.ofHours(1), ids("chief")));
        bench.start();
        IntStream.rangeClosed(1, 4).forEach(i -> bench.turns("C-" + i, HEALTHY, LINE_FAULT));
        bench.until(
                all -> all.stream().anyMatch(one -> one.issueId() == null && one.status() == SENT));
        bench.until(all -> all.stream().noneMatch(one -> one.status() == CREATED));
        bench.stop();
        while (bench.consume() > 0) {
            // what the stopped reader left
        }
        assertThat(bench.count("follow_up where is_outage")).isEqualTo(1);
        assertThat(bench.count("follow_up where not is_outage")).isZero();
        patch(new IssuePatch(null, "김기사", null, null));
        later(Duration.ofMinutes(30));
        due();
        List<Notification> reminders =
                bench.notifications().stream().filter(one -> one.event() == REMINDER).toList();
        assertThat(reminders).hasSize(1);
        assertThat(reminders.getFirst().text())
                .contains("재알림", "L-17", "4대")
                .endsWith("4대 중 1대는 맡은 사람이 있으나 아직 해결되지 않았습니다");
        assertThat(reminders.getFirst().recipientId()).isEqualTo("line-17");
        patch(new IssuePatch(IssueStatus.IN_PROGRESS, null, null, null));
        assertThat(bench.count("follow_up")).isZero();
        IntStream.rangeClosed(1, 4).forEach(i -> bench.turns("C-" + i, LINE_FAULT, HEALTHY));
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED && one.issueId() == null)
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "room");
    }

    private void patch(IssuePatch patch) {
        Issue issue = bench.issues().getFirst();
        Bench.get(bench.alerting.issueDesk().patch(issue.id(), patch, "kim"));
    }
}
