package cctvout.history;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.status.Measured;
import cctvout.status.Verdict;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

class WaitingChecksTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theyComeOldestFirst() {
        WaitingChecks waiting = new WaitingChecks(10);
        for (int i = 0; i < 5; i++) {
            assertThat(waiting.add(check("a", i))).isZero();
        }
        assertThat(waiting.take(3)).containsExactly(check("a", 0), check("a", 1), check("a", 2));
        assertThat(waiting.take(3)).containsExactly(check("a", 3), check("a", 4));
        assertThat(waiting.take(3)).isEmpty();
    }

    @Test
    void aCameraThatIsProbedOftenDoesNotPushOutOneThatIsProbedRarely() {
        WaitingChecks waiting = new WaitingChecks(100);
        waiting.add(check("rare", 0));
        for (int i = 1; i <= 10_000; i++) {
            waiting.add(check("often", i));
        }
        List<ClaimedCheck> kept = waiting.take(1000);
        assertThat(kept).hasSizeLessThanOrEqualTo(100).contains(check("rare", 0));
        assertThat(kept.getLast()).isEqualTo(check("often", 10_000));
    }

    @Test
    void eachCameraKeepsItsNewestAndOldTimesGrowCoarser() {
        WaitingChecks waiting = new WaitingChecks(1000);
        int lost = 0;
        for (int round = 0; round < 200; round++) {
            for (int camera = 0; camera < 100; camera++) {
                lost += waiting.add(check("c" + camera, round));
            }
        }
        assertThat(waiting.size()).isEqualTo(20_000 - lost).isBetween(500, 1000);
        Map<CameraId, List<ClaimedCheck>> kept =
                waiting.take(1000).stream()
                        .collect(Collectors.groupingBy(check -> check.status().cameraId()));
        assertThat(kept).hasSize(100);
        kept.values()
                .forEach(
                        ofOne -> {
                            assertThat(ofOne.getLast().status().since())
                                    .isEqualTo(T0.plusSeconds(199));
                            assertThat(ofOne.size()).isBetween(4, 11);
                        });
    }

    @Test
    void whereThereAreMoreCamerasThanItHoldsTheOldestGo() {
        WaitingChecks waiting = new WaitingChecks(16);
        int lost = 0;
        for (int i = 0; i < 100; i++) {
            lost += waiting.add(check("c" + i, i));
        }
        assertThat(lost).isEqualTo(100 - waiting.size());
        List<ClaimedCheck> kept = waiting.take(100);
        assertThat(kept).hasSizeBetween(14, 16);
        assertThat(kept.getLast()).isEqualTo(check("c99", 99));
    }

    @Test
    void neverMoreThanTheLimitWhoeverIsProbed() {
        Random random = new Random(7);
        for (int limit : new int[] {1, 2, 7, 64}) {
            WaitingChecks waiting = new WaitingChecks(limit);
            int lost = 0;
            int taken = 0;
            for (int i = 0; i < 5000; i++) {
                lost += waiting.add(check("c" + random.nextInt(1 + i % 90), i));
                assertThat(waiting.size()).isBetween(1, limit);
                if (i % 50 == 0) {
                    taken += waiting.take(3).size();
                    waiting.add(check("again", i));
                    lost -= 1;
                }
            }
            assertThat(taken).isPositive();
            assertThat(lost).isLessThan(5000);
        }
    }

    private static ClaimedCheck check(String camera, int second) {
        return ClaimedCheck.alone(
                Measured.status(
                        new CameraId(camera), Verdict.HEALTHY, "OK", T0.plusSeconds(second)));
    }
}
