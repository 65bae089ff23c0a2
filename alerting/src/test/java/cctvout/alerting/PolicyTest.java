package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.REMINDER;
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
import cctvout.notification.Notification;
import cctvout.policy.Audience;
import cctvout.policy.EscalationStep;
import cctvout.policy.Fault;
import cctvout.policy.Policy;
import cctvout.policy.Reminders;
import cctvout.policy.Trial;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** Whom a policy has told, and when. */
class PolicyTest extends PolicyCase {

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

    private static @Nullable Instant micros(@Nullable Instant at) {
        return at == null ? null : at.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
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
