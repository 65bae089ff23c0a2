package cctvout.status;

import cctvout.camera.CameraId;
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

    @Benchmark
    public Object unchanged() {
        return healthy.accept(GOOD, Evidence.NONE, T0, ConfirmPolicy.STANDARD);
    }

    @Benchmark
    public Object firstDoubt() {
        return healthy.accept(BAD, Evidence.NONE, T0, ConfirmPolicy.STANDARD);
    }
}
