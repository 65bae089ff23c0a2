package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpSettings;
import cctvout.icmp.IcmpStatus;
import cctvout.status.AnomalyPolicy;
import cctvout.status.AnomalyRule;
import cctvout.status.Baseline;
import cctvout.status.Observation;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

class CutLinesTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final MovableClock clock = new MovableClock();
    private final Fleet fleet = Fleet.of(30, 15);
    private final FaultBoard board = new FaultBoard(fleet, Scenario.NONE, clock);
    private final CutLines prober =
            new CutLines(
                    new AllAnswer(),
                    () -> board,
                    IcmpSettings.standard().train(4, Duration.ofMillis(50), Duration.ofSeconds(1)),
                    clock);

    @Test
    void aCutLineTimesOutAfterTheWholeTrain() {
        board.set(new Target.Line("L-01"), Fault.CUT);
        StepVerifier.withVirtualTime(() -> prober.probe(Fleet.text(Fleet.addressOf(11))))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(1149))
                .thenAwait(Duration.ofMillis(1))
                .assertNext(outcome -> assertMeasured(outcome, IcmpStatus.TIMEOUT, 0))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void whoIsOnAnotherLineIsReallyPinged() {
        board.set(new Target.Line("L-01"), Fault.CUT);
        StepVerifier.create(prober.probe(Fleet.text(Fleet.addressOf(12))))
                .assertNext(outcome -> assertMeasured(outcome, IcmpStatus.SUCCESS, 4))
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(prober.probe("gateway.example"))
                .assertNext(outcome -> assertMeasured(outcome, IcmpStatus.SUCCESS, 4))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aLossyLineLosesHalf() {
        board.set(Target.camera(1), Fault.LOSSY);
        StepVerifier.create(prober.probe(Fleet.text(Fleet.addressOf(0))))
                .assertNext(outcome -> assertMeasured(outcome, IcmpStatus.LOSS, 2))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aLaggingLineAnswersAllLater() {
        board.set(Target.camera(1), Fault.LAGGING);
        StepVerifier.withVirtualTime(() -> prober.probe(Fleet.text(Fleet.addressOf(0))))
                .expectSubscription()
                .expectNoEvent(CutLines.LAG.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .assertNext(outcome -> assertMeasured(outcome, IcmpStatus.SUCCESS, 4))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aLaggingLineIsNotWhatItUsuallyIs() throws Exception {
        var policy = new AnomalyPolicy(4, 50, 0.15, 10, Duration.ofDays(7));
        String camera = Fleet.text(Fleet.addressOf(0));
        Baseline usual = Baseline.NOTHING;
        for (int i = 0; i < 20; i++) {
            usual = compared(usual, camera, policy).baseline();
        }
        board.set(Target.camera(1), Fault.LAGGING);

        assertThat(compared(usual, camera, policy).anomaly()).isEqualTo("RTT_ANOMALY");
    }

    private AnomalyRule.Comparison compared(Baseline usual, String camera, AnomalyPolicy policy)
            throws Exception {
        IcmpOutcome seen = prober.probe(camera).toFuture().get(20, TimeUnit.SECONDS);
        return AnomalyRule.compare(usual, Observation.alone(seen, null), "OK", policy, 0);
    }

    @Test
    void aMediaServerIsCutByItself() {
        board.set(new Target.Server(1), Fault.CUT);
        StepVerifier.withVirtualTime(() -> prober.probe(Fleet.text(Fleet.serverAddress(0))))
                .thenAwait(Duration.ofSeconds(2))
                .assertNext(outcome -> assertMeasured(outcome, IcmpStatus.TIMEOUT, 0))
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(prober.probe(Fleet.text(Fleet.addressOf(0))))
                .assertNext(outcome -> assertMeasured(outcome, IcmpStatus.SUCCESS, 4))
                .expectComplete()
                .verify(LIMIT);
    }

    private static void assertMeasured(IcmpOutcome outcome, IcmpStatus status, int received) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        IcmpOutcome.Measured.class,
                        measured -> {
                            assertThat(measured.result().status()).isEqualTo(status);
                            assertThat(measured.result().sent()).isEqualTo(4);
                            assertThat(measured.result().received()).isEqualTo(received);
                        });
    }

    /** As loopback does. */
    private final class AllAnswer implements IcmpProber {
        @Override
        public Mono<IcmpOutcome> probe(String host) {
            return Mono.fromSupplier(
                    () ->
                            new IcmpOutcome.Measured(
                                    new IcmpResult(
                                            IcmpStatus.SUCCESS,
                                            "OK",
                                            4,
                                            4,
                                            0.1,
                                            0.2,
                                            0.3,
                                            clock.instant())));
        }

        @Override
        public Mode mode() {
            return Mode.DGRAM;
        }

        @Override
        public String explanation() {
            return "dgram";
        }
    }
}
