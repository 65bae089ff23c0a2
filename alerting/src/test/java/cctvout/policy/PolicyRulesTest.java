package cctvout.policy;

import static cctvout.policy.Sample.PARTIES;
import static cctvout.policy.Sample.ids;
import static cctvout.policy.Sample.lines;
import static cctvout.policy.Sample.policy;
import static cctvout.policy.Sample.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.IssueKind;
import cctvout.issue.Severity;
import cctvout.recipient.RecipientRole;
import cctvout.record.Violation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

class PolicyRulesTest {

    private static final Ground GROUND =
            new Ground(
                    Set.of("L-17", "L-18"),
                    Set.of("한빛"),
                    Set.of("동남구"),
                    Set.of("C-1", "C-2"),
                    List.of(
                            Sample.camera("C-1", "L-17", "한빛"),
                            Sample.camera("C-2", "L-18", "한빛")));

    private final PolicyRules rules =
            new PolicyRules(Map.of("kakao", "cctvout.notification.kakao.url"));

    @Test
    void aPolicyThatReachesSomebodyWhateverFailsIsTaken() {
        assertThat(check(policy("p", 1, FaultMatch.ANY, ids("line-17")))).isEmpty();
        assertThat(check(policy("p", 1, FaultMatch.ANY, Audience.RESPONSIBLE))).isEmpty();
        assertThat(check(policy("p", 1, lines("L-17"), roles(RecipientRole.LINE_OPERATOR))))
                .isEmpty();
    }

    @Test
    void namesArePlacesAsTheyLookAndADotOrTwoIsNoId() {
        assertThat(check(policy("p", 1, lines(" L-17\u00a0"), roles(RecipientRole.LINE_OPERATOR))))
                .isEmpty();
        for (String id : List.of(".", "..")) {
            assertThat(check(policy(id, 1, FaultMatch.ANY, Audience.RESPONSIBLE)))
                    .extracting(Violation::field)
                    .containsExactly("id");
        }
    }

    @Test
    void aGapIsNamedWithACameraAndAFaultThatWouldReachNobody() {
        List<Violation> gap =
                check(policy("p", 1, FaultMatch.ANY, roles(RecipientRole.LINE_OPERATOR)));
        assertThat(gap).extracting(Violation::field).containsExactly("tell");
        assertThat(gap.getFirst().reason())
                .startsWith("this fault would reach nobody: LINE of camera C-2 (line L-18")
                .endsWith("nobody of [LINE_OPERATOR] answers for it");
        assertThat(
                        check(
                                        policy(
                                                "p",
                                                1,
                                                Sample.kinds(IssueKind.CAMERA),
                                                roles(RecipientRole.STREAM_OPERATOR)))
                                .getFirst()
                                .reason())
                .contains("CAMERA of camera C-1");
    }

    @Test
    void aGapOfAnEscalationToo() {
        Policy policy =
                new Policy(
                        "p",
                        "p",
                        1,
                        true,
                        FaultMatch.ANY,
                        ids("chief"),
                        null,
                        null,
                        List.of(
                                new EscalationStep(
                                        Duration.ofHours(1), roles(RecipientRole.LINE_OPERATOR))),
                        null,
                        1);
        assertThat(check(policy))
                .extracting(Violation::field)
                .containsExactly("escalations[0].tell");
    }

    @Test
    void rolesWhoseChannelsAreNotAmongThoseAreAGap() {
        Audience mail =
                new Audience(List.of(), List.of(RecipientRole.CAMERA_VENDOR), List.of("email"));
        assertThat(check(policy("p", 1, FaultMatch.ANY, mail)).getFirst().reason())
                .contains("would reach nobody", "hanbit has no channel of [email]");
    }

    @Test
    void recipientsMustBeThereEnabledAndReachable() {
        Audience audience =
                new Audience(List.of("nobody", "gone", "room", "chief"), List.of(), List.of("sms"));
        assertThat(check(policy("p", 1, FaultMatch.ANY, audience)))
                .extracting(Violation::field, Violation::value, Violation::reason)
                .containsExactly(
                        tuple("tell.recipients[0]", "nobody", "is not registered"),
                        tuple("tell.recipients[1]", "gone", "is disabled"),
                        tuple("tell.recipients[2]", "room", "has no channel of [sms]"));
    }

    @Test
    void channelsMustBeKnownAndSetUp() {
        Audience audience =
                new Audience(List.of("chief"), List.of(), List.of("sms", "pigeon", "kakao"));
        assertThat(check(policy("p", 1, FaultMatch.ANY, audience)))
                .extracting(Violation::field, Violation::reason)
                .containsExactly(
                        tuple(
                                "tell.channels[1]",
                                "one of [email, inbox, kakao, slack, sms, webhook]"),
                        tuple(
                                "tell.channels[2]",
                                "kakao is not set up: the setting cctvout.notification.kakao.url is missing"));
    }

    @Test
    void whatItMatchesMustBeThere() {
        FaultMatch match =
                new FaultMatch(
                        List.of(),
                        List.of(),
                        List.of("L-17", "L-99"),
                        List.of("nobody"),
                        List.of("nowhere"),
                        List.of("C-9"));
        assertThat(check(policy("p", 1, match, ids("room"))))
                .extracting(Violation::field)
                .containsExactly(
                        "match.lines[1]",
                        "match.vendors[0]",
                        "match.districts[0]",
                        "match.cameras[0]");
        Ground none = new Ground(GROUND.lines(), Set.of(), Set.of(), Set.of(), List.of());
        assertThat(rules.violations(policy("p", 1, lines("L-17"), ids("room")), PARTIES, none))
                .extracting(Violation::field)
                .containsExactly("match");
        FaultMatch never =
                new FaultMatch(
                        List.of(IssueKind.LINE),
                        List.of(Severity.MINOR),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        assertThat(check(policy("p", 1, never, ids("room"))))
                .extracting(Violation::field)
                .containsExactly("match.severities");
    }

    @Test
    void aCityWithoutCamerasMayHaveAPolicyForAll() {
        Ground empty = new Ground(Set.of(), Set.of(), Set.of(), Set.of(), List.of());
        assertThat(rules.violations(policy("p", 1, FaultMatch.ANY, ids("room")), PARTIES, empty))
                .isEmpty();
    }

    @Test
    void moreThanOneReminderNeedsATimeBetweenThem() {
        Policy wrong =
                new Policy(
                        "p",
                        "p",
                        1,
                        true,
                        FaultMatch.ANY,
                        ids("room"),
                        null,
                        new Reminders(Duration.ofHours(1), null, 2),
                        List.of(),
                        null,
                        0);
        assertThat(check(wrong)).extracting(Violation::field).containsExactly("reminders.every");
    }

    @Test
    void numbersAndTimesHaveLimits() {
        Policy wrong =
                new Policy(
                        "try",
                        " ",
                        -1,
                        true,
                        FaultMatch.ANY,
                        ids("room"),
                        new DegradedRule(true, 0),
                        new Reminders(Duration.ZERO, Duration.ofDays(31), 0),
                        List.of(new EscalationStep(Duration.ofMillis(1), Audience.RESPONSIBLE)),
                        new QuietHours(
                                List.of(),
                                LocalTime.NOON,
                                LocalTime.NOON,
                                QuietHours.STANDARD_ZONE,
                                QuietHours.BreakThrough.NOTHING),
                        0);
        assertThat(check(wrong))
                .extracting(Violation::field)
                .containsExactly(
                        "id",
                        "name",
                        "priority",
                        "degraded.afterRounds",
                        "reminders.after",
                        "reminders.every",
                        "reminders.most",
                        "escalations[0].after",
                        "escalations[0].tell",
                        "quietHours.to");
    }

    private List<Violation> check(Policy policy) {
        return rules.violations(policy, PARTIES, GROUND);
    }
}
