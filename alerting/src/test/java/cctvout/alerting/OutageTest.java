package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.notification.Notification;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Cameras that fail for one cause are one notice. */
class OutageTest extends OutageCase {

    @Test
    void camerasOfOneLineThatFailTogetherAreOneNoticeAndOneRecovery() throws Exception {
        fail(1, 6);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::recipientId, Notification::event, Notification::issueId)
                .containsExactly(tuple("line-17", OPENED, null));
        Outage outage = bench.outages().getFirst();
        assertThat(outage.key()).isEqualTo("line:L-17");
        assertThat(outage.cameras()).hasSize(6);
        assertThat(bench.issues()).extracting(Issue::outageId).containsOnly(outage.id());

        bench.start();
        Receiver.Hook opened = bench.receiver.next();
        assertThat(opened.text("text")).contains("L-17", "6대", "터미널 앞 (C-1)");
        assertThat(opened.json().at("/outage/key").asString()).isEqualTo("line:L-17");
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        bench.stop();

        recover(1, 6);
        bench.consume();
        bench.start();
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        assertThat(bench.outages().getFirst().resolvedAt()).isNotNull();
        assertThat(bench.issues()).extracting(Issue::status).containsOnly(IssueStatus.RESOLVED);
        assertThat(bench.receiver.rest()).isEmpty();
        assertThat(bench.count("notification")).isEqualTo(3);
    }

    @Test
    void thoseThatJoinLaterAreNotToldOfAgain() {
        fail(1, 3);
        bench.consume();
        fail(4, 6);
        bench.consume();
        assertThat(bench.notifications()).hasSize(1);
        assertThat(bench.notifications().getFirst().text()).contains("6대");
        assertThat(bench.outages()).hasSize(1);
        assertThat(bench.outages().getFirst().cameras()).hasSize(6);
    }

    @Test
    void twoAreToldSinglyAndTheThirdMakesThemAnOutage() {
        fail(1, 2);
        bench.consume();
        assertThat(bench.notifications()).extracting(Notification::issueId).doesNotContainNull();
        fail(3, 3);
        bench.consume();
        assertThat(bench.outages().getFirst().cameras()).hasSize(3);
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() == CREATED)
                .extracting(Notification::issueId, Notification::outageId)
                .containsExactly(tuple(null, bench.outages().getFirst().id()));
        assertThat(bench.notifications())
                .filteredOn(one -> one.issueId() != null)
                .hasSize(2)
                .allMatch(one -> one.status() == CANCELLED);
    }

    @Test
    void oneThatSharesItsLineWithNobodyIsToldAtOnce() {
        close();
        bench =
                new Bench(
                        BenchSettings.USUAL.with(
                                new OutageSettings(
                                        3,
                                        Duration.ofMinutes(1),
                                        Duration.ofSeconds(2),
                                        Duration.ofMinutes(1),
                                        2)));
        bench.camera("A", "L-1", "x");
        for (int i = 1; i <= 3; i++) {
            bench.camera("B-" + i, "L-2", "x");
        }
        bench.recipient("lines", LINE_OPERATOR, List.of(), bench.webhook("/line"));
        bench.turns("A", HEALTHY, LINE_FAULT);
        bench.turns("B-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::cameraId, one -> one.heldUntil() != null)
                .containsExactlyInAnyOrder(tuple("A", false), tuple("B-1", true));
    }

    @Test
    void faultsOfOtherKindsAndLinesStandAlone() {
        fail(1, 2);
        bench.turns("D-1", HEALTHY, LINE_FAULT);
        bench.turns("C-3", HEALTHY, CAMERA_FAULT);
        bench.turns("C-4", HEALTHY, CAMERA_FAULT);
        bench.turns("C-5", HEALTHY, CAMERA_FAULT);
        bench.consume();
        assertThat(bench.outages()).isEmpty();
        assertThat(bench.notifications()).hasSize(6);
    }

    @Test
    void thoseLeftBehindAreNamedAndToldOfSinglyAfterAWhile() {
        fail(1, 6);
        bench.consume();
        recover(1, 4);
        bench.consume();
        assertThat(bench.outages().getFirst().resolvedAt()).isNotNull();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED && one.recipientId().equals("room"))
                .extracting(Notification::text)
                .allMatch(text -> text.contains("C-5") && text.contains("C-6"));
        assertThat(bench.notifications())
                .filteredOn(one -> one.issueId() != null)
                .extracting(
                        Notification::event, Notification::cameraId, one -> one.heldUntil() != null)
                .containsExactlyInAnyOrder(tuple(OPENED, "C-5", true), tuple(OPENED, "C-6", true));

        recover(5, 5);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> "C-5".equals(one.cameraId()))
                .extracting(Notification::event, Notification::status)
                .as("nobody has read that it is down")
                .containsExactly(tuple(OPENED, CANCELLED));
        assertThat(ends()).allMatch(text -> !text.contains("C-5") && text.contains("C-6"));
        assertThat(bench.issues())
                .filteredOn(issue -> issue.status() == IssueStatus.OPEN)
                .extracting(issue -> issue.cameraId().value())
                .containsExactly("C-6");
    }

    private List<String> ends() {
        List<String> texts =
                bench.notifications().stream()
                        .filter(one -> one.event() == RECOVERED && one.issueId() == null)
                        .map(Notification::text)
                        .toList();
        assertThat(texts).hasSize(2);
        return texts;
    }

    @Test
    void whoReadThatOneIsStillDownReadsOnceThatItIsNot() throws Exception {
        fail(1, 6);
        bench.consume();
        bench.start();
        assertThat(bench.receiver.next().text("event")).isEqualTo("OPENED");
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        recover(1, 4);
        assertThat(bench.receiver.next(2))
                .allMatch(one -> one.text("text").contains("(C-5)"))
                .allMatch(one -> one.text("text").contains("(C-6)"));
        bench.until(all -> all.stream().filter(one -> one.status() == SENT).count() == 3);
        for (int i = 5; i <= 6; i++) {
            recover(i, i);
            String camera = "(C-" + i + ")";
            assertThat(bench.receiver.next(2))
                    .allMatch(one -> one.text("text").contains(camera))
                    .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                    .containsExactlyInAnyOrder(
                            tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        }
        bench.until(all -> all.stream().noneMatch(one -> one.status() == CREATED));
        assertThat(bench.receiver.rest()).isEmpty();
    }

    @Test
    void anEndWaitsForThoseThatAreLeftAndIsMostlyThatOfAll() {
        close();
        open(
                new OutageSettings(
                        3, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 2));
        fail(1, 6);
        bench.consume();
        recover(1, 4);
        bench.consume();
        assertThat(ends()).allMatch(text -> text.contains("C-5") && text.contains("C-6"));
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .allMatch(one -> one.heldUntil() != null);
        recover(5, 6);
        bench.consume();
        assertThat(ends()).allMatch(text -> text.contains("카메라 전체의"));
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() == CREATED)
                .allMatch(one -> one.event() == RECOVERED && one.heldUntil() == null)
                .hasSize(2);
    }

    @Test
    void thoseLeftBehindAreOfTheNextOutageWhereTheLineFallsAgain() {
        fail(1, 6);
        bench.consume();
        recover(1, 4);
        bench.consume();
        fail(1, 4);
        bench.consume();
        assertThat(bench.outages()).hasSize(2);
        Outage again = bench.outages().getFirst();
        assertThat(again.cameras()).hasSize(6);
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == OPENED && one.status() == CREATED)
                .extracting(Notification::outageId, Notification::issueId)
                .containsExactly(tuple(again.id(), null));
    }

    /** As they come where the database, or alerting, was away. */
    @Test
    void whatFailedTogetherIsOneHoweverLateItIsRead() {
        Instant then = Instant.now().minusSeconds(600);
        bench.turn(List.of("C-1", "C-2"), HEALTHY, LINE_FAULT, then);
        bench.consume();
        bench.turn(List.of("C-3"), HEALTHY, LINE_FAULT, then.plusSeconds(20));
        bench.consume();
        assertThat(bench.outages())
                .singleElement()
                .satisfies(outage -> assertThat(outage.cameras()).hasSize(3));
    }

    @Test
    void theLastOnesClosedByHandEndItToo() {
        fail(1, 3);
        bench.consume();
        for (Issue issue : bench.issues()) {
            Bench.get(
                    bench.alerting
                            .issueDesk()
                            .patch(
                                    issue.id(),
                                    new IssuePatch(IssueStatus.CANCELLED, null, null, null),
                                    "kim"));
        }
        assertThat(bench.outages().getFirst().resolvedAt()).isNotNull();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED && one.issueId() == null)
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "room");
    }

    @Test
    void theSameBatchAgainChangesNothing() {
        fail(1, 6);
        bench.consume();
        Bench.get(
                bench.database
                        .client()
                        .sql("update log_cursor set seq = 0 where consumer = 'alerting'")
                        .fetch()
                        .rowsUpdated());
        bench.consume();
        assertThat(bench.outages()).hasSize(1);
        assertThat(bench.notifications()).hasSize(1);
    }
}
