package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
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
import cctvout.notification.UnsentOpened;
import cctvout.policy.Fault;
import cctvout.policy.Trial;
import cctvout.rows.Rows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Who was told is told of the end; who was not, is not. */
class MaintenanceNoticesTest {

    private static final Instant LATER =
            Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(Bench.settings(UnsentOpened.MERGE), Bench.outagesOf(3));
        IntStream.rangeClosed(1, 6).forEach(i -> bench.camera("C-" + i, "L-17", "한빛"));
        bench.camera("D-1", "L-99", "한빛");
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("line-99", LINE_OPERATOR, List.of("L-99"), bench.webhook("/other"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

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
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
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
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
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
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
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

    @Test
    void anOutageOfCamerasUnderMaintenanceIsOneNoticeThatIsHeld() throws Exception {
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        fail(1, 2, 3, 4);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::event, one -> one.outageId() != null, this::isHeld)
                .containsExactly(tuple(OPENED, true, true));
        Instant sooner = LATER.minusSeconds(60);
        window("w", "{\"lines\":[\"L-17\"]}", sooner);
        assertThat(heldUntil()).isEqualTo(sooner);
        bench.start();
        nothingButTheOther();
        remove("w");
        assertThat(bench.receiver.next().text("text")).contains("C-1", "C-4");
    }

    @Test
    void anOutageThatWasOverBeforeTheWorkWasIsToldToNobody() {
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        fail(1, 2, 3);
        bench.consume();
        recover(1, 2, 3);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::event, Notification::status)
                .containsExactly(tuple(OPENED, CANCELLED));
    }

    @Test
    void anOutageThatWasToldAndEndsInTheWorkIsToldWhenThatIsOver() throws Exception {
        fail(1, 2, 3); // read at once, or the first is told singly before the others are read
        bench.start();
        bench.until(all -> all.stream().anyMatch(one -> one.outageId() != null));
        bench.until(all -> all.stream().noneMatch(one -> one.status() == CREATED));
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        bench.receiver.rest();
        recover(1, 2, 3);
        assertThat(bench.until(all -> all.stream().anyMatch(one -> one.event() == RECOVERED)))
                .filteredOn(one -> one.event() == RECOVERED)
                .allMatch(this::isHeld);
        nothingButTheOther();
        remove("w");
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
    }

    @Test
    void anOutageThatReturnsInTheWorkIsOneOutageForWhoWasTold() throws Exception {
        toldOfAnOutage();
        for (int i = 0; i < 2; i++) {
            recover(1, 2, 3);
            bench.consume();
            fail(1, 2, 3);
            bench.consume();
        }
        assertThat(bench.count("outage")).isEqualTo(3);
        bench.start();
        remove("w");
        nothingButTheOther();

        recover(1, 2, 3);
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        bench.until(all -> all.stream().noneMatch(one -> one.status() == CREATED));
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() == SENT)
                .extracting(Notification::recipientId, Notification::event)
                .containsExactlyInAnyOrder(
                        tuple("line-17", OPENED),
                        tuple("line-17", RECOVERED),
                        tuple("room", RECOVERED));
        assertThat(bench.receiver.rest()).isEmpty();
    }

    @Test
    void anOutageThatReturnedAndEndedInTheWorkIsToldOnceWhenThatIsOver() throws Exception {
        toldOfAnOutage();
        recover(1, 2, 3);
        bench.consume();
        fail(1, 2, 3);
        bench.consume();
        recover(1, 2, 3);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .hasSize(2)
                .allMatch(this::isHeld);
        bench.start();
        remove("w");
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        assertThat(bench.receiver.rest()).isEmpty();
    }

    private void toldOfAnOutage() throws Exception {
        fail(1, 2, 3);
        bench.consume();
        bench.start();
        assertThat(bench.receiver.next().text("event")).isEqualTo("OPENED");
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        bench.stop();
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
    }

    @Test
    void anOutageTellsOfThoseThatNobodyWorksOn() {
        window("w", "{\"cameras\":[\"C-1\",\"C-2\"]}", LATER);
        fail(1, 2, 3, 4, 5);
        bench.consume();
        Notification told = bench.notifications().getFirst();
        assertThat(bench.notifications()).hasSize(1);
        assertThat(told.heldUntil()).isNull();
        assertThat(told.text()).contains("C-3", "C-4", "C-5").doesNotContain("C-1", "C-2");
        assertThat(bench.issues()).extracting(Issue::outageId).containsOnly(told.outageId());
    }

    @Test
    void camerasUnderMaintenanceMakeNoOutageOfOthers() {
        window("w", "{\"cameras\":[\"C-1\",\"C-2\",\"C-3\"]}", LATER);
        fail(1, 2, 3, 4, 5);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::cameraId, one -> one.outageId() != null, this::isHeld)
                .containsExactlyInAnyOrder(
                        tuple(null, true, true),
                        tuple("C-4", false, false),
                        tuple("C-5", false, false));
        fail(6);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.cameraId() == null)
                .singleElement()
                .satisfies(one -> assertThat(one.heldUntil()).isNull());
        assertThat(about("C-4")).allMatch(one -> one.status() == CANCELLED);
    }

    private void fail(int... cameras) {
        IntStream.of(cameras).forEach(i -> bench.turns("C-" + i, HEALTHY, LINE_FAULT));
    }

    private void recover(int... cameras) {
        IntStream.of(cameras).forEach(i -> bench.turns("C-" + i, LINE_FAULT, HEALTHY));
    }

    /** What is told after it is told, and nothing was before. */
    private void nothingButTheOther() throws InterruptedException {
        bench.turns("D-1", HEALTHY, LINE_FAULT);
        assertThat(bench.receiver.next().path()).isEqualTo("/other");
        bench.until(all -> all.stream().anyMatch(one -> isOthers(one) && one.status() == SENT));
        bench.turns("D-1", LINE_FAULT, HEALTHY);
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path)
                .containsExactlyInAnyOrder("/other", "/room");
        bench.until(
                all -> all.stream().filter(this::isOthers).allMatch(one -> one.status() == SENT));
        get("delete from notification where camera_id = 'D-1'");
        get("delete from issue where camera_id = 'D-1'");
    }

    private boolean isOthers(Notification one) {
        return "D-1".equals(one.cameraId());
    }

    private void get(String sql) {
        Bench.get(bench.database.client().sql(sql).fetch().rowsUpdated());
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

    private List<Notification> about(String camera) {
        return bench.notifications().stream().filter(one -> camera.equals(one.cameraId())).toList();
    }

    private boolean isHeld(Notification one) {
        return LATER.equals(one.heldUntil());
    }

    private @Nullable Instant heldUntil() {
        return bench.notifications().getFirst().heldUntil();
    }

    private MaintenanceDesk desk() {
        return bench.alerting.maintenanceDesk();
    }

    /** A new one, or as it is from now on. */
    private void window(String id, String scope, Instant end) {
        MaintenanceWindow window = read(id, scope, end);
        Bench.get(
                desk().update(window, OptionalLong.empty())
                        .switchIfEmpty(Mono.defer(() -> desk().create(window, "kim"))));
    }

    private static MaintenanceWindow read(String id, String scope, Instant end) {
        return Rows.read(
                """
                {"id":"%1$s","name":"work on %1$s","scope":%2$s,"startsAt":"%3$s","endsAt":"%4$s"}"""
                        .formatted(id, scope, Instant.now().minusSeconds(60), end),
                MaintenanceWindow.class);
    }

    private void remove(String id) {
        assertThat(Bench.get(desk().delete(id, OptionalLong.empty()))).isTrue();
    }
}
