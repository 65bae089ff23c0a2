package cctvout.policy;

import static cctvout.policy.Sample.PARTIES;
import static cctvout.policy.Sample.ids;
import static cctvout.policy.Sample.line;
import static cctvout.policy.Sample.lines;
import static cctvout.policy.Sample.policy;
import static cctvout.policy.Sample.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.IssueKind;
import cctvout.issue.Severity;
import cctvout.recipient.RecipientRole;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;

class PoliciesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T03:00:00Z");

    @Test
    void withoutAPolicyWhoAnswersForItIsToldAtOnceOnAllChannels() {
        Plan plan = policies().plan(line("L-17"), PARTIES, NOON);
        assertThat(plan.policy()).isNull();
        assertThat(plan.told())
                .extracting(one -> one.chosen().recipient().id(), Told::heldUntil)
                .containsExactly(tuple("line-17", null));
        assertThat(plan.told().getFirst().channels()).containsOnlyKeys("sms");
    }

    @Test
    void theLowestPriorityNumberDecidesThenTheId() {
        Policies policies =
                policies(
                        policy("c", 5, FaultMatch.ANY, ids("chief")),
                        policy("b", 5, FaultMatch.ANY, ids("room")),
                        policy("a", 9, FaultMatch.ANY, ids("hanbit")));
        assertThat(policies.plan(line("L-17"), PARTIES, NOON).toldIds()).containsExactly("room");
    }

    @Test
    void oneThatDoesNotMatchOrIsDisabledIsPassedOver() {
        Policy off =
                new Policy(
                        "off",
                        "off",
                        1,
                        false,
                        FaultMatch.ANY,
                        ids("chief"),
                        null,
                        null,
                        List.of(),
                        null,
                        1);
        Policies policies =
                policies(
                        off,
                        policy("other-line", 2, lines("L-99"), ids("chief")),
                        policy("this-line", 3, lines("L-17"), ids("room")));
        assertThat(policies.plan(line("L-17"), PARTIES, NOON).toldIds()).containsExactly("room");
    }

    @Test
    void allThatIsNamedHasToFit() {
        FaultMatch match =
                new FaultMatch(
                        List.of(IssueKind.LINE),
                        List.of(Severity.MAJOR),
                        List.of("L-17"),
                        List.of("한빛"),
                        List.of("동남구"),
                        List.of("C-1"));
        assertThat(match.matches(line("L-17"))).isTrue();
        assertThat(match.mismatch(line("L-18"))).isEqualTo("line is L-18, not one of [L-17]");
        assertThat(match.mismatch(new Fault(Sample.camera("C-1", "L-17", null), IssueKind.LINE)))
                .isEqualTo("vendor is not registered, not one of [한빛]");
        assertThat(match.mismatch(new Fault(line("L-17").camera(), IssueKind.LINE, Severity.MINOR)))
                .startsWith("severity is MINOR");
        assertThat(match.mismatch(new Fault(line("L-17").camera(), IssueKind.CAMERA)))
                .startsWith("kind is CAMERA");
        assertThat(match.mismatch(new Fault(Sample.camera("C-2", "L-17", "한빛"), IssueKind.LINE)))
                .startsWith("camera is C-2");
    }

    @Test
    void rolesAreThoseWhoAnswerForTheCameraAndNobodyTwice() {
        Audience both =
                new Audience(
                        List.of("line-17"),
                        List.of(RecipientRole.LINE_OPERATOR, RecipientRole.CONTROL_ROOM),
                        List.of());
        Policies policies = policies(policy("p", 1, FaultMatch.ANY, both));
        assertThat(policies.plan(line("L-17"), PARTIES, NOON).toldIds())
                .containsExactly("line-17", "room", "chief");
        assertThat(policies.plan(line("L-18"), PARTIES, NOON).toldIds())
                .as("by id: whatever they answer for")
                .containsExactly("line-17", "room", "chief");
    }

    @Test
    void onTheChannelsThatItNamesAlone() {
        Audience mail = new Audience(List.of("room", "chief"), List.of(), List.of("email"));
        Plan plan =
                policies(policy("p", 1, FaultMatch.ANY, mail)).plan(line("L-17"), PARTIES, NOON);
        assertThat(plan.told()).hasSize(1);
        assertThat(plan.told().getFirst().channels()).containsOnlyKeys("email");
        assertThat(plan.lacking())
                .containsExactly(new Plan.Lacking("room", "has no channel of [email]"));
    }

    @Test
    void whereNobodyOfItCanBeToldAnyMoreTheControlRoomIs() {
        Plan plan =
                policies(policy("p", 1, FaultMatch.ANY, ids("gone", "removed")))
                        .plan(line("L-17"), PARTIES, NOON);
        assertThat(plan.toldIds()).containsExactly("room", "chief");
        assertThat(plan.told().getFirst().chosen().reason()).contains("nobody", "policy p");
        assertThat(plan.lacking())
                .containsExactly(
                        new Plan.Lacking("gone", "is disabled"),
                        new Plan.Lacking("removed", "is not registered"));
    }

    @Test
    void escalationToNobodyGoesToTheControlRoom() {
        EscalationStep step =
                new EscalationStep(
                        java.time.Duration.ofHours(1), roles(RecipientRole.STREAM_OPERATOR));
        Policy policy = policy("p", 1, FaultMatch.ANY, ids("line-17"));
        assertThat(Policies.escalated(step, policy, line("L-17"), PARTIES))
                .extracting(one -> one.chosen().recipient().id())
                .containsExactly("room", "chief");
    }

    @Test
    void inQuietHoursAllAreHeldButWhatBreaksThrough() {
        QuietHours night =
                new QuietHours(
                        List.of(),
                        LocalTime.of(22, 0),
                        LocalTime.of(7, 0),
                        QuietHours.STANDARD_ZONE,
                        new QuietHours.BreakThrough(List.of(Severity.CRITICAL), List.of()));
        Policies policies =
                policies(
                        new Policy(
                                "p",
                                "p",
                                1,
                                true,
                                FaultMatch.ANY,
                                ids("line-17"),
                                null,
                                null,
                                List.of(),
                                night,
                                1));
        Instant midnight = Instant.parse("2026-03-02T15:00:00Z");
        assertThat(policies.plan(line("L-17"), PARTIES, midnight).told())
                .extracting(Told::heldUntil)
                .containsExactly(Instant.parse("2026-03-02T22:00:00Z"));
        assertThat(policies.plan(line("L-17"), PARTIES, NOON).told())
                .extracting(Told::heldUntil)
                .containsOnlyNulls();
        Fault server = new Fault(line("L-17").camera(), IssueKind.STREAM_SERVER);
        assertThat(policies.holds(server, midnight)).isNull();
        assertThat(policies.holds(line("L-17"), midnight)).isNotNull();
    }

    @Test
    void degradedIsAsTheFirstPolicySaysElseAsTheSetting() {
        Policy three =
                new Policy(
                        "p",
                        "p",
                        1,
                        true,
                        lines("L-17"),
                        ids("room"),
                        new DegradedRule(true, 3),
                        null,
                        List.of(),
                        null,
                        1);
        Policies off = new Policies(List.of(three), false);
        assertThat(off.degraded(line("L-17").camera())).isEqualTo(new DegradedRule(true, 3));
        assertThat(off.degraded(line("L-18").camera()).opensIssue()).isFalse();
        assertThat(new Policies(List.of(), true).degraded(line("L-18").camera()).opensAfter(1))
                .isTrue();
        assertThat(new DegradedRule(true, 3).opensAfter(2)).isFalse();
        assertThat(new DegradedRule(true, 3).opensAfter(3)).isTrue();
        assertThat(new DegradedRule(false, 1).opensAfter(9)).isFalse();
    }

    private static Policies policies(Policy... policies) {
        return new Policies(List.of(policies), false);
    }
}
