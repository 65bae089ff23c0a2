package cctvout.policy;

import static cctvout.policy.Sample.at;
import static cctvout.policy.Sample.ids;
import static cctvout.policy.Sample.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class FollowUpTest {

    private static final Fault FAULT = line("L-17");
    private static final Instant TOLD = at("2026-03-02T00:00:00Z");

    @Test
    void nothingToComeIsNoRow() {
        assertThat(begin(policy(null, null))).isNull();
    }

    @Test
    void remindersFollowOneAnotherUntilThereWereEnough() {
        Policy policy = policy(new Reminders(Duration.ofMinutes(30), Duration.ofHours(4), 3), null);
        assertThat(times(policy))
                .containsExactly(
                        at("2026-03-02T00:30:00Z"),
                        at("2026-03-02T04:30:00Z"),
                        at("2026-03-02T08:30:00Z"));
    }

    @Test
    void withoutEveryOneIsAll() {
        assertThat(times(policy(new Reminders(Duration.ofMinutes(30), null, 5), null))).hasSize(1);
    }

    @Test
    void escalationStepsComeInTheOrderOfTheirDelays() {
        Policy policy =
                policy(
                        null,
                        null,
                        new EscalationStep(Duration.ofHours(2), ids("chief")),
                        new EscalationStep(Duration.ofHours(1), ids("room")));
        FollowUp first = Objects.requireNonNull(begin(policy));
        assertThat(first.nextAt()).isEqualTo(at("2026-03-02T01:00:00Z"));
        FollowUp.Due due = first.due(policy, FAULT, first.nextAt());
        assertThat(due.remind()).isFalse();
        assertThat(due.steps()).extracting(EscalationStep::tell).containsExactly(ids("room"));
        FollowUp second = Objects.requireNonNull(due.next());
        assertThat(second.nextAt()).isEqualTo(at("2026-03-02T02:00:00Z"));
        assertThat(second.due(policy, FAULT, second.nextAt()).next()).isNull();
    }

    @Test
    void whatWasMissedWhileNobodyRanComesOnceAndNotInABurst() {
        Policy policy =
                policy(
                        new Reminders(Duration.ofMinutes(30), Duration.ofHours(1), 9),
                        null,
                        new EscalationStep(Duration.ofHours(1), ids("room")),
                        new EscalationStep(Duration.ofHours(2), ids("chief")));
        Instant late = at("2026-03-02T10:00:00Z");
        FollowUp.Due due = Objects.requireNonNull(begin(policy)).due(policy, FAULT, late);
        assertThat(due.remind()).isTrue();
        assertThat(due.steps()).hasSize(2);
        assertThat(Objects.requireNonNull(due.next()).nextAt())
                .isEqualTo(late.plus(Duration.ofHours(1)));
        assertThat(due.next().reminders()).isEqualTo(1);
    }

    @Test
    void beforeItIsDueNothingComes() {
        Policy policy =
                policy(
                        new Reminders(Duration.ofMinutes(30), null, 1),
                        null,
                        new EscalationStep(Duration.ofHours(1), ids("room")));
        FollowUp row = Objects.requireNonNull(begin(policy));
        FollowUp.Due due = row.due(policy, FAULT, TOLD.plus(Duration.ofMinutes(29)));
        assertThat(due.remind()).isFalse();
        assertThat(due.steps()).isEmpty();
        assertThat(due.next()).isEqualTo(row);
    }

    @Test
    void aPolicyThatChangedMeanwhileCountsFromThenOn() {
        Policy before = policy(new Reminders(Duration.ofMinutes(30), null, 1), null);
        Policy after = policy(new Reminders(Duration.ofHours(2), null, 1), null);
        FollowUp row = Objects.requireNonNull(begin(before));
        FollowUp.Due due = row.due(after, FAULT, row.nextAt());
        assertThat(due.remind()).isFalse();
        assertThat(Objects.requireNonNull(due.next()).nextAt())
                .isEqualTo(at("2026-03-02T02:00:00Z"));
        assertThat(row.due(policy(null, null), FAULT, row.nextAt()).next()).isNull();
    }

    @Test
    void whatFallsIntoQuietHoursComesOnceAtTheirEnd() {
        QuietHours night =
                new QuietHours(
                        List.of(),
                        LocalTime.of(2, 0),
                        LocalTime.of(9, 0),
                        java.time.ZoneId.of("UTC"),
                        QuietHours.BreakThrough.NOTHING);
        Policy policy =
                policy(
                        new Reminders(Duration.ofHours(1), Duration.ofHours(2), 3),
                        night,
                        new EscalationStep(Duration.ofHours(4), ids("room")));
        assertThat(times(policy))
                .containsExactly(
                        at("2026-03-02T01:00:00Z"),
                        at("2026-03-02T09:00:00Z"),
                        at("2026-03-02T11:00:00Z"));
    }

    /** When something comes, to the end. */
    private static List<Instant> times(Policy policy) {
        List<Instant> times = new ArrayList<>();
        FollowUp row = begin(policy);
        while (row != null && times.size() < 50) {
            times.add(row.nextAt());
            FollowUp.Due due = row.due(policy, FAULT, row.nextAt());
            assertThat(due.remind() || !due.steps().isEmpty()).isTrue();
            row = due.next();
        }
        return times;
    }

    private static @Nullable FollowUp begin(Policy policy) {
        return FollowUp.begin(
                FollowUp.Subject.issue("i-1"), policy, FAULT, List.of("line-17"), TOLD);
    }

    private static Policy policy(
            @Nullable Reminders reminders,
            @Nullable QuietHours quiet,
            EscalationStep... escalations) {
        return new Policy(
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
                1);
    }
}
