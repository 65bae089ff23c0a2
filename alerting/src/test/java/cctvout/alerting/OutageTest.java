package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CAMERA_VENDOR;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
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
import cctvout.notification.UnsentOpened;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class OutageTest {

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(Bench.settings(UnsentOpened.MERGE), Bench.outagesOf(3));
        for (int i = 1; i <= 6; i++) {
            bench.camera("C-" + i, "L-17", "한빛");
        }
        bench.camera("D-1", "L-99", "한빛");
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("hanbit", CAMERA_VENDOR, List.of("한빛"), bench.webhook("/vendor"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void camerasOfOneLineThatFailTogetherAreOneNoticeAndOneRecovery() throws Exception {
        fail(1, 6);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::recipientId, Notification::event, Notification::issueId)
                .containsExactly(tuple("line-17", OPENED, null));
        Outage outage = outages().getFirst();
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
        assertThat(outages().getFirst().resolvedAt()).isNotNull();
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
        assertThat(outages()).hasSize(1);
        assertThat(outages().getFirst().cameras()).hasSize(6);
    }

    @Test
    void twoAreToldSinglyAndTheThirdMakesThemAnOutage() {
        fail(1, 2);
        bench.consume();
        assertThat(bench.notifications()).extracting(Notification::issueId).doesNotContainNull();
        fail(3, 3);
        bench.consume();
        assertThat(outages().getFirst().cameras()).hasSize(3);
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() == CREATED)
                .extracting(Notification::issueId, Notification::outageId)
                .containsExactly(tuple(null, outages().getFirst().id()));
        assertThat(bench.notifications())
                .filteredOn(one -> one.issueId() != null)
                .hasSize(2)
                .allMatch(one -> one.status() == CANCELLED);
    }

    @Test
    void linesOfOneSiteThatFailTogetherAreTheSitesFault() {
        atSite("S-1", "L-30", 31, 34);
        atSite("S-1", "L-40", 41, 44);
        atSite("S-1", "L-50", 51, 54);
        fail(31, 34);
        bench.consume();
        assertThat(outages()).extracting(Outage::key).containsExactly("line:L-30");
        fail(41, 44);
        bench.consume();
        assertThat(outages()).as("nobody had heard of it").hasSize(1);
        assertThat(outages().getFirst().key()).isEqualTo("site:S-1");
        fail(51, 51);
        bench.consume();
        assertThat(outages().getFirst().cameras()).hasSize(9);
        assertThat(bench.notifications())
                .singleElement()
                .satisfies(one -> assertThat(one.text()).contains("국사 S-1", "9대"));

        recover(31, 34);
        recover(41, 44);
        recover(51, 51);
        bench.consume();
        assertThat(outages().getFirst().resolvedAt()).isNotNull();
    }

    @Test
    void aLineOfASiteThatWasToldIsNotToldAgainWithTheSite() throws Exception {
        atSite("S-1", "L-30", 31, 34);
        atSite("S-1", "L-40", 41, 44);
        fail(31, 34);
        bench.consume();
        bench.start();
        bench.receiver.next();
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        bench.stop();
        fail(41, 44);
        bench.consume();
        assertThat(outages())
                .extracting(Outage::key, outage -> outage.cameras().size())
                .containsExactlyInAnyOrder(tuple("line:L-30", 4), tuple("site:S-1", 4));
    }

    @Test
    void aFewCamerasOfManyShortLinesAreNoSitesFaultHalfOfThemAre() {
        for (int i = 61; i <= 72; i++) {
            atSite("S-2", "L-" + i, i, i);
        }
        fail(61, 64);
        bench.consume();
        assertThat(outages()).isEmpty();
        fail(65, 66);
        bench.consume();
        assertThat(outages())
                .singleElement()
                .satisfies(outage -> assertThat(outage.key()).isEqualTo("site:S-2"))
                .satisfies(outage -> assertThat(outage.cameras()).hasSize(6));
    }

    @Test
    void whereNoLineIsRegisteredTheSiteOrElseTheSubnetIsShared() {
        for (int i = 81; i <= 83; i++) {
            bench.camera("C-" + i, null, "한빛");
            bench.camera("C-" + (i + 10), null, "한빛");
            bench.run("update camera set site = 'S-9' where id = 'C-" + i + "'");
        }
        fail(81, 83);
        fail(91, 93);
        bench.consume();
        assertThat(outages())
                .extracting(Outage::key)
                .containsExactlyInAnyOrder("site:S-9", "net:10.0.0.0/24");
        assertThat(bench.notifications())
                .extracting(Notification::text)
                .anyMatch(text -> text.contains("대역 10.0.0.0/24"));
    }

    private void atSite(String site, String line, int from, int to) {
        for (int i = from; i <= to; i++) {
            bench.camera("C-" + i, line, "한빛");
        }
        bench.run("update camera set site = '" + site + "' where line = '" + line + "'");
    }

    @Test
    void oneThatSharesItsLineWithNobodyIsToldAtOnce() {
        close();
        bench =
                new Bench(
                        Bench.settings(UnsentOpened.MERGE),
                        new OutageSettings(
                                3,
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(1),
                                2));
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
        assertThat(outages()).isEmpty();
        assertThat(bench.notifications()).hasSize(6);
    }

    @Test
    void thoseLeftBehindAreNamedAndToldOfSinglyAfterAWhile() {
        fail(1, 6);
        bench.consume();
        recover(1, 4);
        bench.consume();
        assertThat(outages().getFirst().resolvedAt()).isNotNull();
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
                .containsExactly(tuple(OPENED, CANCELLED));
        assertThat(bench.issues())
                .filteredOn(issue -> issue.status() == IssueStatus.OPEN)
                .extracting(issue -> issue.cameraId().value())
                .containsExactly("C-6");
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
        assertThat(outages().getFirst().resolvedAt()).isNotNull();
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
        assertThat(outages()).hasSize(1);
        assertThat(bench.notifications()).hasSize(1);
    }

    private void fail(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> bench.turns("C-" + i, HEALTHY, LINE_FAULT));
    }

    private void recover(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> bench.turns("C-" + i, LINE_FAULT, HEALTHY));
    }

    private List<Outage> outages() {
        return Bench.get(bench.alerting.outages().list(100, null)).items();
    }
}
