package cctvout.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import static java.util.Objects.requireNonNull;

import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.AnomalyRule.Comparison;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

class AnomalyRuleTest {

    private static final Duration ROUND = Duration.ofMinutes(15);
    private static final int A_DAY = 96;
    private static final AnomalyPolicy POLICY =
            new AnomalyPolicy(4, 50, 0.15, 30, Duration.ofDays(7));

    private Baseline baseline = Baseline.NOTHING;
    private String standing = "OK";
    private long now;

    @Test
    void farSlowerThanUsualIsAnAnomalyThatSaysWhatIsUsual() {
        usually(500, 12);
        Comparison seen = see(180.0, 4);

        assertThat(seen.anomaly()).isEqualTo("RTT_ANOMALY");
        Usual usual = requireNonNull(seen.usual());
        assertThat(usual.rttMs()).isCloseTo(12, within(0.2));
        assertThat(usual.lossPercent()).isZero();
    }

    @Test
    void someMillisecondsMoreAreNoneHoweverOftenAsSlow() {
        usually(500, 1);
        assertThat(see(3.0, 4).anomaly()).isNull();
        assertThat(see(40.0, 4).anomaly()).as("forty times as slow").isNull();
        assertThat(see(52.0, 4).anomaly()).isEqualTo("RTT_ANOMALY");
    }

    @Test
    void aFewTimesSlowerIsNoneHoweverManyMilliseconds() {
        usually(500, 100);
        assertThat(see(390.0, 4).anomaly()).isNull();
        assertThat(see(410.0, 4).anomaly()).isEqualTo("RTT_ANOMALY");
    }

    @Test
    void nothingIsUnusualBeforeEnoughWasSeen() {
        usually(POLICY.warmUp() - 1, 10);
        assertThat(see(900.0, 4).anomaly()).isNull();
        usually(100, 10);
        assertThat(see(900.0, 4).anomaly()).isEqualTo("RTT_ANOMALY");
    }

    @Test
    void aCameraThatAlwaysScattersMustBeFartherAway() {
        for (int i = 0; i < 500; i++) {
            see(i % 2 == 0 ? 10.0 : 100.0, 4);
        }
        assertThat(see(300.0, 4).anomaly()).isNull();
    }

    @Test
    void anAnomalyEndsAtHalfOfWhatBeganIt() {
        usually(500, 20);
        assertThat(see(70.0, 4).anomaly()).as("not enough to begin").isNull();
        standing = "RTT_ANOMALY";
        assertThat(see(70.0, 4).anomaly()).as("enough to go on").isEqualTo("RTT_ANOMALY");
        assertThat(see(35.0, 4).anomaly()).isNull();
    }

    @Test
    void aDayOfSlownessIsNotLearnedAndWeeksOfItAre() {
        usually(30 * A_DAY, 12);
        usually(A_DAY, 180);
        assertThat(baseline.usualRttMs()).isCloseTo(12, within(2.0));
        assertThat(see(180.0, 4).anomaly()).isEqualTo("RTT_ANOMALY");
        usually(14 * A_DAY, 180);
        assertThat(see(180.0, 4).anomaly()).as("the new usual").isNull();
    }

    @Test
    void lossThatComesAndGoesIsFoundAgainstACameraThatNeverLost() {
        usually(500, 12);
        @Nullable String found = null;
        for (int i = 0; i < 12 && found == null; i++) {
            found = see(12.0, i % 2 == 0 ? 2 : 4).anomaly();
        }
        assertThat(found).isEqualTo("LOSS_ANOMALY");
    }

    @Test
    void lossThatACameraAlwaysHasIsNone() {
        for (int i = 0; i < 1000; i++) {
            Comparison seen = see(12.0, i % 2 == 0 ? 2 : 4);
            assertThat(seen.anomaly()).as("result %d", i).isNull();
        }
    }

    @Test
    void oneBadTrainIsNone() {
        usually(500, 12);
        assertThat(see(12.0, 1).anomaly()).isNull();
    }

    @Test
    void silenceIsNotLearned() {
        usually(500, 12);
        Baseline before = baseline;
        assertThat(see(null, 0)).isEqualTo(new Comparison(before, null, null));
    }

    @Test
    void whatTheLogHasOfItEndsAnAnomalyAsItWouldHaveEnded() {
        baseline = Baseline.of(new Usual(12, 0.5, 0.5), 0);
        standing = "RTT_ANOMALY";
        assertThat(see(180.0, 4).anomaly()).isEqualTo("RTT_ANOMALY");
        assertThat(see(14.0, 4).anomaly()).isNull();
        baseline = Baseline.of(new Usual(12, 0.5, 40), 0);
        standing = "LOSS_ANOMALY";
        assertThat(see(12.0, 4).anomaly()).isEqualTo("LOSS_ANOMALY");
    }

    @Test
    void anAnomalyIsDegradedAndCoversNoFault() {
        assertThat(AnomalyRule.judge(new Judgement.Conclusive(Verdict.HEALTHY, "OK"), "X"))
                .isEqualTo(new Judgement.Conclusive(Verdict.DEGRADED, "X"));
        assertThat(AnomalyRule.judge(new Judgement.Conclusive(Verdict.DEGRADED, "LOSS"), "X"))
                .isEqualTo(new Judgement.Conclusive(Verdict.DEGRADED, "X"));
        for (Judgement worse :
                new Judgement[] {
                    new Judgement.Conclusive(Verdict.CAMERA_FAULT, "STALE_PLAYLIST"),
                    new Judgement.Conclusive(Verdict.DEGRADED, "NO_ECHO"),
                    new Judgement.Inconclusive("BLIND")
                }) {
            assertThat(AnomalyRule.judge(worse, "X")).isEqualTo(worse);
        }
    }

    /**
     * Round trips as they are measured: some scatter, some nights slower, an outlier now and then.
     */
    @Test
    void camerasOfAllKindsAreUsualAndTenTimesSlowerIsFound() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            double median = Math.exp(random.nextDouble() * Math.log(150)) + 1;
            double scatter = 0.02 + 0.3 * random.nextDouble();
            baseline = Baseline.NOTHING;
            standing = "OK";
            int row = 0;
            for (int i = 0; i < 7 * A_DAY; i++) {
                double night = 1 + 0.5 * Math.sin(i * 2 * Math.PI / A_DAY);
                double rtt = median * night * Math.exp(scatter * random.nextGaussian());
                boolean outlier = i % 7 == 0 && random.nextInt(6) == 0;
                Comparison seen = see(outlier ? rtt + 800 : rtt, random.nextInt(50) == 0 ? 3 : 4);
                row = seen.anomaly() == null ? 0 : row + 1;
                assertThat(row).as("seed %d, result %d", seed, i).isLessThan(3);
            }
            double slow = Math.max(20 * median, median + 300);
            for (int i = 0; i < 3; i++) {
                assertThat(see(slow, 4).anomaly()).as("seed %d", seed).isEqualTo("RTT_ANOMALY");
            }
        }
    }

    @Test
    void whateverIsMeasuredTheBaselineStaysANumber() {
        double[] strange = {0, -1, 1e-12, 1e-3, 1, 5e3, 1e12, Double.MAX_VALUE, Double.NaN};
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            baseline = Baseline.NOTHING;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(3) == 0 ? random.nextLong(-1000, 1L << 55) : 0;
                see(strange[random.nextInt(strange.length)], random.nextInt(-1, 7));
                assertThat(baseline.level()).as("seed %d", seed).isFinite();
                assertThat(baseline.spread()).isFinite().isNotNegative();
                assertThat(baseline.loss()).isBetween(0.0, 1.0);
                assertThat(baseline.recentLoss()).isBetween(0.0, 1.0);
            }
        }
    }

    private void usually(int results, double rttMs) {
        for (int i = 0; i < results; i++) {
            see(rttMs, 4);
        }
    }

    private Comparison see(@Nullable Double rttMs, int received) {
        now += ROUND.toNanos();
        var result =
                new IcmpResult(
                        received == 4 ? IcmpStatus.SUCCESS : IcmpStatus.LOSS,
                        "",
                        4,
                        received,
                        rttMs,
                        rttMs,
                        rttMs,
                        Instant.EPOCH);
        Comparison compared =
                AnomalyRule.compare(
                        baseline,
                        Observation.alone(new IcmpOutcome.Measured(result), null),
                        standing,
                        POLICY,
                        now);
        baseline = compared.baseline();
        return compared;
    }
}
