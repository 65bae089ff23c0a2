package cctvout.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;

class ProbeScheduleTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void theRoundsOfACameraAreOneIntervalApartWheneverOneAsks() {
        CameraId id = new CameraId("CCTV001");
        long first = ProbeSchedule.nextRound(id, MINUTE, 123_456_789L);
        assertThat(first)
                .isGreaterThan(123_456_789L)
                .isLessThanOrEqualTo(123_456_789L + MINUTE.toNanos());
        assertThat(ProbeSchedule.nextRound(id, MINUTE, first)).isEqualTo(first + MINUTE.toNanos());
        assertThat(ProbeSchedule.nextRound(id, MINUTE, first - 1)).isEqualTo(first);
        assertThat(ProbeSchedule.nextRound(id, MINUTE, -first)).isGreaterThan(-first);
    }

    @Test
    void fiftyThousandNeighbouringIdsAreSpreadEvenly() {
        int[] seconds = new int[60];
        for (int i = 0; i < 50_000; i++) {
            long round = ProbeSchedule.nextRound(new CameraId("CCTV%05d".formatted(i)), MINUTE, 0);
            seconds[(int) (round / 1_000_000_000L) % 60]++;
        }
        double mean = 50_000 / 60.0;
        assertThat(Arrays.stream(seconds).max().orElseThrow()).isLessThan((int) (mean * 1.2));
        assertThat(Arrays.stream(seconds).min().orElseThrow()).isGreaterThan((int) (mean * 0.8));
    }
}
