package cctvout.status;

import cctvout.camera.CameraId;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.StatusTransition.Evidence;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One result taken by a camera's state: as it was, and as the first sign of a fault. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StatusBenchmark {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Judgement GOOD = new Judgement.Conclusive(Verdict.HEALTHY, "OK");
    private static final Judgement BAD =
            new Judgement.Conclusive(Verdict.LINE_FAULT, "ICMP_TIMEOUT");

    private final CameraState healthy =
            CameraState.unknown(new CameraId("c-1"), T0)
                    .accept(GOOD, Evidence.NONE, T0, ConfirmPolicy.STANDARD)
                    .state();

    private final AnomalyPolicy anomalies = new AnomalyPolicy(4, 50, 0.15, 30, Duration.ofDays(7));
    private final Observation answered =
            Observation.alone(
                    new IcmpOutcome.Measured(
                            new IcmpResult(IcmpStatus.SUCCESS, "OK", 4, 4, 11.0, 12.0, 13.0, T0)),
                    null);
    private Baseline baseline = Baseline.NOTHING;
    private long now;

    /** Against its own history, and learned. */
    @Benchmark
    public Object comparedAndLearned() {
        now += 60_000_000_000L;
        var compared = AnomalyRule.compare(baseline, answered, "OK", anomalies, now);
        baseline = compared.baseline();
        return compared;
    }

    @Benchmark
    public Object unchanged() {
        return healthy.accept(GOOD, Evidence.NONE, T0, ConfirmPolicy.STANDARD);
    }

    @Benchmark
    public Object firstDoubt() {
        return healthy.accept(BAD, Evidence.NONE, T0, ConfirmPolicy.STANDARD);
    }
}
