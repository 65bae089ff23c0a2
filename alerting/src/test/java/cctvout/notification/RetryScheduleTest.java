package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class RetryScheduleTest {

    private final RetrySchedule schedule = RetrySchedule.STANDARD;

    @Test
    void fiveTriesAreOneToFiveSecondsApart() {
        for (int tries = 1; tries < 5; tries++) {
            assertThat(schedule.isQuick(tries)).isTrue();
            assertThat(schedule.delayAfter(tries, Duration.ZERO, 0))
                    .isEqualTo(Duration.ofSeconds(tries));
            assertThat(schedule.delayAfter(tries, Duration.ZERO, 1))
                    .isEqualTo(Duration.ofSeconds(tries + 1));
        }
        assertThat(schedule.isQuick(5)).isFalse();
    }

    @Test
    void slowTriesDoubleFromOneMinuteToFifteen() {
        List<Long> minutes = new ArrayList<>();
        for (int tries = 5; tries < 12; tries++) {
            Duration delay = schedule.delayAfter(tries, Duration.ofMinutes(1), 0);
            minutes.add(delay == null ? -1 : delay.toMinutes());
        }
        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 15L, 15L, 15L);
    }

    @Test
    void afterADayItIsGivenUp() {
        Duration since = Duration.ZERO;
        int tries = 0;
        for (Duration next = Duration.ZERO; next != null; ) {
            tries++;
            next = schedule.delayAfter(tries, since, 0.5);
            since = next == null ? since : since.plus(next);
        }
        assertThat(since).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(tries).isBetween(95, 115);
    }
}
