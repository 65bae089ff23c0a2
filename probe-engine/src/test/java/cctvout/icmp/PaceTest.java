package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLI = 1_000_000;

    @Test
    void noSecondSeesMoreThanTheCapAndAHundredthOfIt() {
        Pace pace = new Pace(1_000, 0);
        int left = 0;
        for (long now = 0; now <= 1_000 * MILLI; now += MILLI / 3) {
            int allowed = pace.allows(128, now);
            pace.left(allowed);
            left += allowed;
        }
        assertThat(left).isBetween(1_005, 1_010);
    }

    @Test
    void aSlowCapLetsOneLeaveWhenItsTimeHasCome() {
        Pace pace = new Pace(2, 0);
        assertThat(pace.allows(5, 0)).isEqualTo(1);
        pace.left(1);
        assertThat(pace.allows(5, 0)).isZero();
        assertThat(pace.untilNext(0)).isEqualTo(500 * MILLI);
        assertThat(pace.allows(5, 500 * MILLI)).isEqualTo(1);
    }

    @Test
    void anIdleHourSavesNothingUp() {
        Pace pace = new Pace(1_000, 0);
        assertThat(pace.allows(100_000, 3_600_000 * MILLI)).isEqualTo(10);
    }
}
