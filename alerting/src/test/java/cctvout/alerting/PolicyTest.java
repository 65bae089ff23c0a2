package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CAMERA_VENDOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.issue.IssueKind;
import cctvout.issue.Severity;
import cctvout.maintenance.MaintenanceWindow;
import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;
import cctvout.notification.UnsentOpened;
import cctvout.policy.Audience;
import cctvout.policy.EscalationStep;
import cctvout.policy.Fault;
import cctvout.policy.Policy;
import cctvout.policy.QuietHours;
import cctvout.policy.QuietHours.BreakThrough;
import cctvout.policy.Reminders;
import cctvout.policy.Trial;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** Whom a policy has told, and when. */
class PolicyTest extends PolicyCase {

    private static final Instant BEFORE_THE_NIGHT = Instant.now().plusSeconds(1800);
    private static final Instant IN_THE_NIGHT = BEFORE_THE_NIGHT.plusSeconds(1800);
    private static final Instant MORNING = IN_THE_NIGHT.plusSeconds(3600);
    private static final QuietHours NIGHT =
            new QuietHours(
                    List.of(),
                    LocalTime.ofInstant(BEFORE_THE_NIGHT.plusSeconds(60), ZoneOffset.UTC),
                    LocalTime.ofInstant(MORNING, ZoneOffset.UTC),
                    ZoneOffset.UTC,
                    BreakThrough.NOTHING);

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
    void whatPlannedWorkHoldsIntoQuietHoursWaitsForTheirEnd() {
        policy(REMINDERS, NIGHT);
        work(IN_THE_NIGHT);
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(held(OPENED)).isCloseTo(MORNING, within(1, ChronoUnit.MILLIS));
        Instant evening = BEFORE_THE_NIGHT.truncatedTo(ChronoUnit.SECONDS);
        work(evening);
        assertThat(held(OPENED)).isEqualTo(evening);
        work(IN_THE_NIGHT);
        assertThat(held(OPENED)).isCloseTo(MORNING, within(1, ChronoUnit.MILLIS));
        assertThat(Bench.get(bench.alerting.maintenanceDesk().delete("w", OptionalLong.empty())))
                .isTrue();
        assertThat(held(OPENED)).isNull();
    }

    @Test
    void whatIsOverBeforeThatWorkIsToldToNobodyAllTheSame() {
        policy(null, NIGHT);
        work(IN_THE_NIGHT);
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::event, Notification::status)
                .containsExactly(tuple(OPENED, CANCELLED));
    }

    @Test
    void soDoRemindersAndEnds() {
        policy(REMINDERS, NIGHT);
        failed("C-1");
        bench.stop();
        work(IN_THE_NIGHT);
        later(Duration.ofMinutes(31));
        assertThat(due()).isEqualTo(1);
        assertThat(held(REMINDER)).isCloseTo(MORNING, within(1, ChronoUnit.MILLIS));
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .extracting(Notification::recipientId, PolicyTest::inTheMorning)
                .as("to whom it was told, and to the control room when the work is over")
                .containsExactlyInAnyOrder(tuple("line-17", true), tuple("room", false));
    }

    /** At the line, until then. */
    private void work(Instant end) {
        MaintenanceWindow window = MaintenanceCase.read("w", "{\"lines\":[\"L-17\"]}", end);
        MaintenanceDesk desk = bench.alerting.maintenanceDesk();
        Bench.get(
                desk.update(window, OptionalLong.empty())
                        .switchIfEmpty(Mono.defer(() -> desk.create(window, "kim"))));
    }

    private @Nullable Instant held(NotificationEvent event) {
        return bench.notifications().stream()
                .filter(one -> one.event() == event)
                .findFirst()
                .orElseThrow()
                .heldUntil();
    }

    private static boolean inTheMorning(Notification one) {
        Instant until = one.heldUntil();
        return until != null && !until.isBefore(MORNING.minusMillis(1));
    }

    private static @Nullable Instant micros(@Nullable Instant at) {
        return at == null ? null : at.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
    }

    private static QuietHours quietUntil(Instant end) {
        LocalTime to = LocalTime.ofInstant(end, ZoneOffset.UTC);
        return new QuietHours(
                List.of(), to.minusHours(3), to, ZoneOffset.UTC, BreakThrough.NOTHING);
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
}
