package cctvout.alerting;

import static cctvout.notification.NotificationEvent.ESCALATED;
import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CAMERA_VENDOR;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.DEGRADED;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.issue.Severity;
import cctvout.issue.TimelineEntry;
import cctvout.notification.Notification;
import cctvout.notification.UnsentOpened;
import cctvout.policy.Audience;
import cctvout.policy.DegradedRule;
import cctvout.policy.EscalationStep;
import cctvout.policy.Fault;
import cctvout.policy.FaultMatch;
import cctvout.policy.Policy;
import cctvout.policy.QuietHours;
import cctvout.policy.QuietHours.BreakThrough;
import cctvout.policy.Reminders;
import cctvout.policy.Trial;
import cctvout.recipient.RecipientChannel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;

class PolicyTest {

    private static final Reminders REMINDERS =
            new Reminders(Duration.ofMinutes(30), Duration.ofHours(4), 3);

    private Bench bench;

    @BeforeEach
    void open() {
        open(UnsentOpened.MERGE);
    }

    private void open(UnsentOpened unsent) {
        bench = new Bench(Bench.settings(unsent), Bench.outagesOf(3));
        for (int i = 1; i <= 4; i++) {
            bench.camera("C-" + i, "L-17", "한빛");
        }
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("hanbit", CAMERA_VENDOR, List.of("한빛"), bench.webhook("/vendor"));
        bench.recipient(
                "chief",
                LINE_OPERATOR,
                List.of("L-0"),
                bench.webhook("/chief"),
                new RecipientChannel.Inbox());
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whomThePolicyNamesIsToldOnItsChannelsAndToldOfTheEnd() throws Exception {
        policy(new Audience(List.of("chief"), List.of(CAMERA_VENDOR), List.of("webhook")));
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path)
                .containsExactlyInAnyOrder("/chief", "/vendor");
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        assertThat(bench.receiver.next(3))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/chief", "RECOVERED"),
                        tuple("/vendor", "RECOVERED"),
                        tuple("/room", "RECOVERED"));
        assertThat(bench.notifications().getLast().reason()).contains("policy p");
        assertThat(bench.receiver.rest()).isEmpty();
        assertThat(bench.count("notification")).isEqualTo(5);
    }

    @Test
    void whatATrialSaysIsWhatHappens() {
        policy(
                REMINDERS,
                quietUntil(Instant.now().plusSeconds(3600)),
                new EscalationStep(Duration.ofHours(2), ids("chief")));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        Instant opened = bench.notifications().getFirst().createdAt();
        Camera camera =
                Bench.get(new PostgresCameraRegistry(bench.database).find(new CameraId("C-1")));
        Trial trial =
                Bench.get(
                        bench.alerting
                                .policyDesk()
                                .attempt(new Fault(camera, IssueKind.LINE), opened));
        assertThat(bench.notifications())
                .extracting(
                        Notification::recipientId, Notification::channel, Notification::heldUntil)
                .containsExactlyElementsOf(
                        trial.told().stream()
                                .flatMap(
                                        one ->
                                                one.channels().stream()
                                                        .map(
                                                                on ->
                                                                        tuple(
                                                                                one.recipientId(),
                                                                                on.channel(),
                                                                                micros(
                                                                                        on
                                                                                                .heldUntil()))))
                                .toList());
        Instant next =
                Bench.get(
                        bench.database
                                .client()
                                .sql("select next_at from follow_up")
                                .map(
                                        row ->
                                                Objects.requireNonNull(
                                                        row.get("next_at", Instant.class)))
                                .one());
        assertThat(next).isCloseTo(trial.later().getFirst().at(), within(1, ChronoUnit.MILLIS));
        assertThat(trial.later())
                .extracting(Trial.Later::event)
                .containsExactly("REMINDER", "ESCALATED", "REMINDER", "REMINDER");
        assertThat(trial.recovered())
                .extracting(Trial.Reader::recipientId)
                .containsExactly("line-17", "room");
        assertThat(bench.count("notification")).as("a trial changes nothing").isEqualTo(1);
    }

    private static @Nullable Instant micros(@Nullable Instant at) {
        return at == null ? null : at.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
    }

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
        Issue shown = Bench.get(bench.alerting.issueDesk().shown(issue));
        assertThat(shown.timeline())
                .hasSize(issue.timeline().size() + 1)
                .extracting(TimelineEntry::step, TimelineEntry::text)
                .contains(tuple(TimelineEntry.Step.ESCALATED, "chief"));
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
        Issue issue = bench.issues().getFirst();
        patch(issue, IssueStatus.IN_PROGRESS);
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
        patch(bench.issues().getFirst(), IssueStatus.IN_PROGRESS);
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
    void aPolicyThatChangesOrGoesTakesWhatWaitsWithIt() {
        Policy policy = policy(REMINDERS, null);
        failed("C-1");
        bench.stop();
        later(Duration.ofMinutes(20));
        Bench.get(
                bench.alerting
                        .policyDesk()
                        .update(
                                with(policy, new Reminders(Duration.ofMinutes(15), null, 1)),
                                OptionalLong.empty()));
        assertThat(due()).isEqualTo(1);
        assertThat(bench.notifications())
                .extracting(Notification::event)
                .containsExactlyInAnyOrder(OPENED, REMINDER);
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(bench.count("follow_up")).isEqualTo(1);
        Bench.get(bench.alerting.policyDesk().delete("p", OptionalLong.empty()));
        assertThat(bench.count("follow_up")).isZero();
    }

    @Test
    void inQuietHoursItWaitsForTheirEndAndIsOwedStill() throws Exception {
        bench.start();
        Instant end = Instant.now().plusSeconds(3);
        policy(null, quietUntil(end));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        Notification held = bench.until(all -> all.size() == 1).getFirst();
        assertThat(held.heldUntil()).isCloseTo(end, within(1, ChronoUnit.MILLIS));
        assertThat(bench.receiver.next().text("event")).isEqualTo("OPENED");
        assertThat(Instant.now()).isAfterOrEqualTo(end.minusMillis(1));
    }

    @Test
    void aFaultThatEndsInQuietHoursIsOneNoticeOfBothAtTheirEnd() {
        policy(null, quietUntil(Instant.now().plusSeconds(3600)));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(
                        Notification::recipientId,
                        Notification::event,
                        Notification::status,
                        one -> one.heldUntil() != null)
                .containsExactlyInAnyOrder(
                        tuple("line-17", OPENED, CANCELLED, true),
                        tuple("line-17", RECOVERED, CREATED, true),
                        tuple("room", RECOVERED, CREATED, false));
    }

    @Test
    void orNeitherIsSentAsTheSettingSays() {
        close();
        open(UnsentOpened.CANCEL);
        policy(null, quietUntil(Instant.now().plusSeconds(3600)));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.recipientId().equals("line-17"))
                .extracting(Notification::status)
                .containsOnly(CANCELLED);
    }

    @Test
    void whatBreaksThroughIsToldAtOnce() {
        QuietHours night = quietUntil(Instant.now().plusSeconds(3600));
        policy(
                null,
                new QuietHours(
                        night.days(),
                        night.from(),
                        night.to(),
                        night.zone(),
                        new BreakThrough(List.of(Severity.MAJOR), List.of())));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(bench.notifications().getFirst().heldUntil()).isNull();
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
        later(Duration.ofMinutes(30));
        due();
        List<Notification> reminders =
                bench.notifications().stream().filter(one -> one.event() == REMINDER).toList();
        assertThat(reminders).hasSize(1);
        assertThat(reminders.getFirst().text()).contains("재알림", "L-17", "4대");
        assertThat(reminders.getFirst().recipientId()).isEqualTo("line-17");
        patch(bench.issues().getFirst(), IssueStatus.IN_PROGRESS);
        assertThat(bench.count("follow_up")).isZero();
        IntStream.rangeClosed(1, 4).forEach(i -> bench.turns("C-" + i, LINE_FAULT, HEALTHY));
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED && one.issueId() == null)
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "room");
    }

    @Test
    void degradedIsAnIssueAfterAsManyResultsAsThePolicySays() {
        degradedAfter(3);
        bench.turns("C-1", HEALTHY, DEGRADED);
        bench.consume();
        assertThat(bench.issues()).isEmpty();
        measured("C-1", 2);
        waitsAreDue();
        assertThat(bench.issues()).as("two results").isEmpty();
        measured("C-1", 2);
        waitsAreDue();
        assertThat(bench.issues())
                .extracting(Issue::kind, Issue::status)
                .containsExactly(tuple(IssueKind.DEGRADED, IssueStatus.OPEN));
        assertThat(bench.notifications())
                .extracting(Notification::recipientId, Notification::event)
                .containsExactly(tuple("room", OPENED));
        assertThat(bench.count("degraded_wait")).isZero();
        bench.turns("C-1", DEGRADED, HEALTHY);
        bench.consume();
        assertThat(bench.issues().getFirst().status()).isEqualTo(IssueStatus.RESOLVED);
    }

    @Test
    void degradedThatEndsBeforeIsNone() {
        degradedAfter(2);
        bench.turns("C-1", HEALTHY, DEGRADED);
        bench.consume();
        measured("C-1", 1);
        bench.turns("C-1", DEGRADED, HEALTHY);
        bench.consume();
        measured("C-1", 2);
        waitsAreDue();
        assertThat(bench.issues()).isEmpty();
        assertThat(bench.count("degraded_wait")).isZero();
    }

    @Test
    void aFaultThatBecomesDegradedEndsAndTheNextIssueComesAfterTheRounds() {
        degradedAfter(2);
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.turns("C-1", LINE_FAULT, DEGRADED);
        bench.consume();
        assertThat(bench.issues()).extracting(Issue::status).containsExactly(IssueStatus.RESOLVED);
        measured("C-1", 2);
        waitsAreDue();
        assertThat(bench.issues())
                .extracting(Issue::kind, Issue::status)
                .containsExactly(
                        tuple(IssueKind.DEGRADED, IssueStatus.OPEN),
                        tuple(IssueKind.LINE, IssueStatus.RESOLVED));
    }

    private void degradedAfter(int rounds) {
        create(
                new Policy(
                        "p",
                        "p",
                        1,
                        true,
                        FaultMatch.ANY,
                        ids("room"),
                        new DegradedRule(true, rounds),
                        null,
                        List.of(),
                        null,
                        0));
    }

    /** Results that say DEGRADED, after the transition. */
    private void measured(String camera, int verdict) {
        run(
                "insert into camera_key (camera_id, latest) values ('"
                        + camera
                        + "', 0) on conflict do nothing");
        run(
                "insert into measurement (checked_at, since, bucket, camera, verdict) select t, t,"
                        + " floor(extract(epoch from t) / 300)::int, key, "
                        + verdict
                        + " from camera_key, (select clock_timestamp() + interval '2 ms' as t) at where"
                        + " camera_id = '"
                        + camera
                        + "'");
    }

    private void waitsAreDue() {
        run("update degraded_wait set next_at = now()");
        due();
    }

    /** A fault that was told. */
    private void failed(String camera) {
        bench.turns(camera, HEALTHY, LINE_FAULT);
        bench.start();
        sent(1);
    }

    private void sent(int count) {
        bench.until(
                all -> all.size() == count && all.stream().allMatch(one -> one.status() == SENT));
    }

    private int due() {
        return Bench.get(bench.alerting.consumer().due());
    }

    /** Time passes for what waits. */
    private void later(Duration passed) {
        run(
                "update follow_up set told_at = told_at - interval '%1$s s', last_at = last_at -"
                                .formatted(passed.toSeconds())
                        + " interval '%1$s s', next_at = next_at - interval '%1$s s'"
                                .formatted(passed.toSeconds()));
    }

    private void run(String sql) {
        Bench.get(bench.database.client().sql(sql).fetch().rowsUpdated());
    }

    private void patch(Issue issue, IssueStatus status) {
        Bench.get(
                bench.alerting
                        .issueDesk()
                        .patch(issue.id(), new IssuePatch(status, null, null, null), "kim"));
    }

    private static Audience ids(String... ids) {
        return new Audience(List.of(ids), List.of(), List.of());
    }

    private static QuietHours quietUntil(Instant end) {
        LocalTime to = LocalTime.ofInstant(end, ZoneOffset.UTC);
        return new QuietHours(
                List.of(), to.minusHours(3), to, ZoneOffset.UTC, BreakThrough.NOTHING);
    }

    private Policy policy(Audience tell) {
        return create(
                new Policy(
                        "p", "p", 1, true, FaultMatch.ANY, tell, null, null, List.of(), null, 0));
    }

    private Policy policy(
            @Nullable Reminders reminders,
            @Nullable QuietHours quiet,
            EscalationStep... escalations) {
        return create(
                new Policy(
                        "p",
                        "p",
                        1,
                        true,
                        FaultMatch.ANY,
                        Audience.RESPONSIBLE,
                        null,
                        reminders,
                        List.of(escalations),
                        quiet,
                        0));
    }

    private static Policy with(Policy policy, Reminders reminders) {
        return new Policy(
                policy.id(),
                policy.name(),
                policy.priority(),
                true,
                policy.match(),
                policy.tell(),
                null,
                reminders,
                List.of(),
                null,
                0);
    }

    private Policy create(Policy policy) {
        return Bench.get(bench.alerting.policyDesk().create(policy));
    }
}
