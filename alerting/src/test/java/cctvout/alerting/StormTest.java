package cctvout.alerting;

import static cctvout.recipient.RecipientRole.CAMERA_VENDOR;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.camera.CameraId;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.outage.OutageSettings;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Thousands of cameras that fail in the same second: from the log to the parties' servers. Says how
 * long each took.
 */
class StormTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** As the engine writes them. */
    private static final int BATCH = 1000;

    private Bench bench;

    @BeforeEach
    void open() {
        bench =
                new Bench(
                        BenchSettings.USUAL.with(
                                new OutageSettings(
                                        3,
                                        Duration.ofMinutes(1),
                                        Duration.ofSeconds(2),
                                        Duration.ofMinutes(1),
                                        2)));
        bench.recipient("line", LINE_OPERATOR, List.of(), bench.webhook("/line"));
        bench.recipient("vendor", CAMERA_VENDOR, List.of(), bench.webhook("/vendor"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void threeHundredOfOneLineAreOneNoticeAndOneRecovery() throws Exception {
        oneLine(300);
    }

    @Test
    @Tag("load")
    void tenThousandOfOneLineAreOneNoticeAndOneRecovery() throws Exception {
        oneLine(10_000);
    }

    @Test
    void fourHundredUnrelatedAreIssuesOfTheirOwnAndDigests() throws Exception {
        unrelated(400);
    }

    @Test
    @Tag("load")
    void tenThousandUnrelatedAreIssuesOfTheirOwnAndDigests() throws Exception {
        unrelated(10_000);
    }

    private void oneLine(int cameras) throws Exception {
        cameras(cameras, "'L-17'");
        bench.start();
        long begun = System.nanoTime();
        turn(cameras, _ -> true, HEALTHY, LINE_FAULT);
        said("%d transitions of one line in the log", cameras, begun);
        Receiver.Hook first = bench.receiver.next();
        said("first notice, at %s,", first.path(), begun);
        issues(cameras, "status = 'OPEN' and outage_id is not null", begun);
        assertThat(bench.count("outage")).isOne();

        long well = System.nanoTime();
        turn(cameras, _ -> true, LINE_FAULT, HEALTHY);
        issues(cameras, "status = 'RESOLVED'", well);
        List<Receiver.Hook> ends = bench.receiver.next(2);
        said("recovery told (%d notices)", ends.size(), well);
        assertThat(ends)
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        assertThat(first.path()).isEqualTo("/line");
        assertThat(bench.count("notification")).isEqualTo(3);
        assertThat(bench.count("outage where resolved_at is not null")).isOne();
        assertThat(bench.receiver.rest()).isEmpty();
    }

    /** Half of them of their line, half of themselves. */
    private void unrelated(int cameras) throws Exception {
        cameras(cameras, "'L-' || n");
        bench.start();
        long begun = System.nanoTime();
        turn(cameras, n -> n % 2 == 0, HEALTHY, LINE_FAULT);
        turn(cameras, n -> n % 2 == 1, HEALTHY, CAMERA_FAULT);
        said("%d transitions of as many lines in the log", cameras, begun);
        issues(cameras, "status = 'OPEN' and outage_id is null", begun);
        assertThat(bench.count("outage")).isZero();
        await("notification where issue_id is not null and status = 'SENT'", cameras);
        int messages = bench.receiver.rest().size();
        said("all told in %d messages", messages, begun);
        assertThat(messages).isLessThan(cameras);
    }

    /** As an import would have them, well so far. */
    private void cameras(int cameras, String line) {
        bench.run(
                "insert into camera (id, name, ip, line, vendor, version, revision) select"
                        + " 'c' || n, 'Camera ' || n, '10.' || n / 65536 || '.' || n / 256 % 256"
                        + " || '.' || n % 256, "
                        + line
                        + ", 'V-' || n, 1, n from generate_series(1, "
                        + cameras
                        + ") n");
        bench.run(
                "insert into camera_status (camera_id, verdict, reason, since, seq)"
                        + " select id, 'HEALTHY', 'OK', now(), 0 from camera");
    }

    private void turn(int cameras, IntPredicate which, Verdict from, Verdict to) {
        Instant now = Instant.now();
        IcmpStatus status = to == LINE_FAULT ? IcmpStatus.TIMEOUT : IcmpStatus.SUCCESS;
        int back = to == LINE_FAULT ? 0 : 4;
        IcmpResult icmp = new IcmpResult(status, status.name(), 4, back, null, null, null, now);
        List<StatusTransition> all = new ArrayList<>();
        for (int n = 1; n <= cameras; n++) {
            if (which.test(n)) {
                all.add(
                        new StatusTransition(
                                0,
                                new CameraId("c" + n),
                                from,
                                to,
                                to == HEALTHY ? "OK" : "ICMP_TIMEOUT",
                                new Evidence(icmp, null),
                                now));
            }
        }
        Bench.get(
                Flux.fromIterable(all)
                        .buffer(BATCH)
                        .concatMap(bench.transitions::append)
                        .then(Mono.just(true)),
                PATIENCE);
    }

    private void issues(int cameras, String where, long since) {
        await("issue where " + where, cameras);
        said("%d issues: " + where, cameras, since);
    }

    private void await(String what, int wanted) {
        Bench.get(
                Flux.interval(Duration.ZERO, Duration.ofMillis(100))
                        .onBackpressureDrop()
                        .concatMap(_ -> bench.counted(what))
                        .filter(found -> found == wanted)
                        .next(),
                PATIENCE);
    }

    private static void said(String what, Object value, long since) {
        System.out.printf(
                Locale.ROOT, what + " after %.1f s%n", value, (System.nanoTime() - since) / 1e9);
    }
}
