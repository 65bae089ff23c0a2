package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.status.Verdict.DEGRADED;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssueStatus;
import cctvout.notification.Notification;
import cctvout.policy.DegradedRule;
import cctvout.policy.FaultMatch;
import cctvout.policy.Policy;

import org.junit.jupiter.api.Test;

import java.util.List;

/** When a camera that is DEGRADED is worth an issue. */
class DegradedTest extends PolicyCase {

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
}
