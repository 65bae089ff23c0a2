package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.camera.CameraId;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueQuery;
import cctvout.issue.IssueStatus;
import cctvout.issue.Issues;
import cctvout.issue.TimelineEntry;
import cctvout.maintenance.MaintenanceWindow;
import cctvout.notification.Holds;
import cctvout.notification.Notification;
import cctvout.policy.Fault;
import cctvout.policy.Trial;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** What is told of single cameras that somebody works on, and when. */
class MaintenanceNoticesTest extends MaintenanceCase {

    @Test
    void overAFaultsStartWhatIsStillBadIsToldAtTheEnd() throws Exception {
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        bench.start();
        fail(1);
        Notification held = bench.until(all -> all.size() == 1).getFirst();
        assertThat(held.status()).isEqualTo(CREATED);
        assertThat(held.heldUntil()).isEqualTo(LATER);
        assertThat(held.holds().all())
                .containsExactly(new Holds.Hold(Holds.Reason.MAINTENANCE, LATER, "w"));
        assertThat(bench.issues().getFirst().timeline())
                .extracting(TimelineEntry::step, TimelineEntry::text)
                .contains(tuple(TimelineEntry.Step.MAINTENANCE, "work on w"));
        Trial trial =
                Bench.get(
                        new PostgresCameraRegistry(bench.database)
                                .find(new CameraId(String.valueOf(held.cameraId())))
                                .flatMap(
                                        camera ->
                                                bench.alerting
                                                        .policyDesk()
                                                        .attempt(
                                                                new Fault(camera, IssueKind.LINE),
                                                                null)));
        assertThat(trial.maintenance()).isEqualTo(new Trial.Work("w", "work on w", LATER));
        assertThat(trial.told())
                .flatExtracting(Trial.Reader::channels)
                .extracting(Trial.On::heldUntil)
                .containsOnly(LATER);
        nothingButTheOther();

        window("w", "{\"lines\":[\"L-17\"]}", Instant.now());
        assertThat(bench.receiver.next().text("id")).isEqualTo(held.id());
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));

        recover(1);
        theEndIsTold();
    }

    @Test
    void aWindowEndsByItselfAndWhatItHeldIsTold() throws Exception {
        bench.start();
        Instant end = Instant.now().plusSeconds(3);
        window("w", "{\"lines\":[\"L-17\"]}", end);
        fail(1);
        assertThat(bench.receiver.next().path()).isEqualTo("/line");
        assertThat(Instant.now()).isAfterOrEqualTo(end);
    }

    @Test
    void overAFaultsEndWhoWasToldIsToldOfItOnceItIsOver() throws Exception {
        bench.start();
        fail(1);
        bench.receiver.next();
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        recover(1);
        assertThat(bench.until(all -> all.size() == 3))
                .filteredOn(one -> one.event() == RECOVERED)
                .extracting(Notification::recipientId, Notification::status, this::isHeld)
                .containsExactlyInAnyOrder(
                        tuple("line-17", CREATED, true), tuple("room", CREATED, true));
        nothingButTheOther();

        remove("w");
        theEndIsTold();
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        assertThat(bench.receiver.rest()).isEmpty();
    }

    @Test
    void overBothNobodyIsToldOfEither() throws Exception {
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        bench.start();
        fail(1);
        bench.until(all -> all.size() == 1);
        recover(1);
        bench.until(all -> all.getFirst().status() == CANCELLED);
        remove("w");
        nothingButTheOther();
        assertThat(about("C-1"))
                .extracting(Notification::event, Notification::status)
                .containsExactly(tuple(OPENED, CANCELLED));
        assertThat(bench.issues())
                .filteredOn(issue -> issue.cameraId().value().equals("C-1"))
                .extracting(Issue::status)
                .containsExactly(IssueStatus.RESOLVED);
    }

    @Test
    void whatFailsAgainBeforeItsEndWasToldIsOneFaultForWhoWasTold() throws Exception {
        bench.start();
        fail(1);
        String issue = bench.receiver.next().text("issueId");
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        window("w", "{\"cameras\":[\"C-1\"]}", LATER);
        for (int i = 0; i < 3; i++) {
            recover(1);
            settled(issues -> issues.stream().allMatch(one -> one.status().isOver()));
            fail(1);
            settled(issues -> issues.stream().anyMatch(one -> !one.status().isOver()));
        }
        remove("w");
        nothingButTheOther();

        recover(1);
        assertThat(bench.receiver.next(2))
                .extracting(
                        Receiver.Hook::path,
                        hook -> hook.text("event"),
                        hook -> hook.text("issueId"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED", issue), tuple("/room", "RECOVERED", issue));
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        assertThat(about("C-1")).hasSize(3);
        assertThat(bench.receiver.rest()).isEmpty();
    }

    @Test
    void whatFailedAgainAndGotWellIsToldOnceAtTheEnd() throws Exception {
        bench.start();
        fail(1);
        bench.receiver.next();
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        window("w", "{\"cameras\":[\"C-1\"]}", LATER);
        recover(1);
        fail(1);
        recover(1);
        settled(issues -> issues.size() == 2 && issues.stream().allMatch(i -> i.status().isOver()));
        assertThat(about("C-1"))
                .filteredOn(one -> one.event() == RECOVERED)
                .extracting(Notification::recipientId, Notification::heldUntil)
                .containsExactlyInAnyOrder(tuple("line-17", LATER), tuple("room", LATER));
        remove("w");
        theEndIsTold();
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        assertThat(bench.receiver.rest()).isEmpty();
    }

    @Test
    void aChangedWindowTimesWhatItHoldsAnewAtOnce() {
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        fail(1);
        bench.consume();
        assertThat(heldUntil()).isEqualTo(LATER);
        Instant longer = LATER.plusSeconds(60);
        window("w", "{\"lines\":[\"L-17\"]}", longer);
        assertThat(heldUntil()).isEqualTo(longer);
        window("w", "{\"lines\":[\"L-17\"]}", LATER.minusSeconds(60));
        assertThat(heldUntil()).isEqualTo(LATER.minusSeconds(60));
        window("more", "{\"cameras\":[\"C-1\"]}", longer);
        assertThat(heldUntil()).isEqualTo(longer);
        remove("more");
        assertThat(heldUntil()).isEqualTo(LATER.minusSeconds(60));
        window("w", "{\"lines\":[\"L-99\"]}", LATER);
        assertThat(bench.notifications().getFirst().heldUntil()).isNull();
        assertThat(bench.notifications().getFirst().holds()).isEqualTo(Holds.NONE);
    }

    @Test
    void aNewWindowHoldsWhatIsAboutToBeTold() {
        fail(1);
        bench.consume();
        assertThat(bench.notifications().getFirst().heldUntil()).isNull();
        window("w", "{\"vendors\":[\"한빛\"]}", LATER);
        assertThat(heldUntil()).isEqualTo(LATER);
    }

    @Test
    void aWindowAndARoundAtTheSameMomentNeverMissEachOther() {
        for (int i = 1; i <= 6; i++) {
            String camera = "C-" + i;
            bench.turns(camera, HEALTHY, LINE_FAULT);
            Mono<Integer> round = bench.alerting.consumer().batch();
            Mono<MaintenanceWindow> window =
                    desk().create(
                                    read("w-" + i, "{\"cameras\":[\"" + camera + "\"]}", LATER),
                                    "kim");
            Bench.get(Mono.zip(round, window).map(done -> true));
            assertThat(about(camera)).isNotEmpty().allMatch(one -> LATER.equals(one.heldUntil()));
            bench.turns(camera, LINE_FAULT, HEALTHY);
            bench.consume();
        }
    }

    @Test
    void whatIsForAnInboxIsNotThereBeforeTheWindowIsOver() {
        bench.camera("E-1", "nobody's", "한빛");
        bench.recipientChannels("room");
        window("w", "{\"cameras\":[\"E-1\"]}", LATER);
        bench.turns("E-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(Bench.get(bench.alerting.inbox().unreadCount(null))).isZero();
        bench.start();
        remove("w");
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        assertThat(Bench.get(bench.alerting.inbox().unreadCount(null))).isEqualTo(1);
    }

    @Test
    void whatAPersonSaysIsToldAtOnce() {
        bench.start();
        fail(1);
        bench.until(all -> all.size() == 1 && all.getFirst().status() == SENT);
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        Bench.get(
                bench.alerting
                        .issueDesk()
                        .patch(
                                bench.issues().getFirst().id(),
                                new IssuePatch(IssueStatus.CANCELLED, null, null, null),
                                "kim"));
        bench.until(all -> all.size() == 3 && all.stream().allMatch(n -> n.status() == SENT));
    }

    /** Looks again and again until the camera's issues are so. */
    private void settled(Predicate<List<Issue>> wanted) {
        IssueQuery query = new IssueQuery(null, null, "C-1", 1000, null);
        Bench.get(
                Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .concatMap(_ -> bench.alerting.issueDesk().search(query))
                        .map(Issues.Page::items)
                        .filter(wanted)
                        .next());
    }
}
