package cctvout.alerting;

import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CAMERA_VENDOR;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import cctvout.notification.UnsentOpened;
import cctvout.policy.Audience;
import cctvout.policy.EscalationStep;
import cctvout.policy.FaultMatch;
import cctvout.policy.Policy;
import cctvout.policy.QuietHours;
import cctvout.policy.QuietHours.BreakThrough;
import cctvout.policy.Reminders;
import cctvout.recipient.RecipientChannel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/** What policies are tried on: cameras of a line, its operator, their vendor, others. */
abstract class PolicyCase {

    static final Reminders REMINDERS =
            new Reminders(Duration.ofMinutes(30), Duration.ofHours(4), 3);

    Bench bench;

    @BeforeEach
    void open() {
        open(UnsentOpened.MERGE);
    }

    final void open(UnsentOpened unsent) {
        bench =
                new Bench(
                        BenchSettings.USUAL
                                .with(BenchSettings.notices(unsent))
                                .with(BenchSettings.outagesOf(3)));
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

    /** A fault that was told. */
    void failed(String camera) {
        bench.turns(camera, HEALTHY, LINE_FAULT);
        bench.start();
        sent(1);
    }

    void sent(int count) {
        bench.until(
                all -> all.size() == count && all.stream().allMatch(one -> one.status() == SENT));
    }

    int due() {
        return Bench.get(bench.alerting.consumer().due());
    }

    /** Time passes for what waits. */
    void later(Duration passed) {
        run(
                "update follow_up set told_at = told_at - interval '%1$s s', last_at = last_at -"
                                .formatted(passed.toSeconds())
                        + " interval '%1$s s', next_at = next_at - interval '%1$s s'"
                                .formatted(passed.toSeconds()));
    }

    void run(String sql) {
        Bench.get(bench.database.client().sql(sql).fetch().rowsUpdated());
    }

    static Audience ids(String... ids) {
        return new Audience(List.of(ids), List.of(), List.of());
    }

    static QuietHours quietUntil(Instant end) {
        LocalTime to = LocalTime.ofInstant(end, ZoneOffset.UTC);
        return new QuietHours(
                List.of(), to.minusHours(3), to, ZoneOffset.UTC, BreakThrough.NOTHING);
    }

    Policy policy(Audience tell) {
        return create(
                new Policy(
                        "p", "p", 1, true, FaultMatch.ANY, tell, null, null, List.of(), null, 0));
    }

    Policy policy(
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

    Policy create(Policy policy) {
        return Bench.get(bench.alerting.policyDesk().create(policy));
    }
}
