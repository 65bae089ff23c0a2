package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class TimingWheelTest {

    private final TimingWheel wheel = new TimingWheel(10, 8, 1_000);
    private final List<Timer> fired = new ArrayList<>();

    private static final class Timer extends TimingWheel.Entry {
        long at;
        boolean set;
    }

    @Test
    void firesAtItsTimeOrOneTickLaterNeverBefore() {
        Timer timer = new Timer();
        wheel.schedule(timer, 1_035);
        advance(1_035);
        advance(1_039);
        assertThat(fired).isEmpty();
        assertThat(wheel.isDue(1_040)).isTrue();
        advance(1_040);
        advance(1_200);
        assertThat(fired).containsExactly(timer);
    }

    @Test
    void movedAndDroppedTimersDoNotFireAtTheirOldTime() {
        Timer moved = new Timer();
        Timer dropped = new Timer();
        wheel.schedule(moved, 1_030);
        wheel.schedule(dropped, 1_030);
        wheel.schedule(moved, 1_500);
        wheel.drop(dropped);
        wheel.drop(dropped);
        advance(1_490);
        assertThat(fired).isEmpty();
        advance(1_500);
        assertThat(fired).containsExactly(moved);
    }

    @Test
    void whatIsOverdueAlreadyFiresWithTheNextTick() {
        advance(1_300);
        Timer late = new Timer();
        wheel.schedule(late, 1_000);
        advance(1_310);
        assertThat(fired).containsExactly(late);
    }

    @Test
    void everyTimerFiresOnceAndInTimeWhateverTheSteps() {
        Random random = new Random(7);
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            timers.add(new Timer());
        }
        long now = 1_000;
        for (int step = 0; step < 3_000; step++) {
            Timer timer = timers.get(random.nextInt(timers.size()));
            if (random.nextInt(4) == 0) {
                wheel.drop(timer);
                timer.set = false;
            } else {
                timer.at = now + random.nextInt(400);
                timer.set = true;
                wheel.schedule(timer, timer.at);
            }
            now += random.nextInt(random.nextInt(50) == 0 ? 2_000 : 15);
            long current = now;
            wheel.advance(
                    current,
                    entry -> {
                        Timer due = (Timer) entry;
                        assertThat(due.set).isTrue();
                        assertThat(due.at).isLessThanOrEqualTo(current);
                        due.set = false;
                    });
            assertThat(wheel.isDue(current)).isFalse();
            assertThat(timers).noneMatch(other -> other.set && other.at + 20 <= current);
        }
    }

    @Test
    void sleepAndStandstillAreToldFromTimeThatPassed() {
        PauseWatch watch = new PauseWatch();
        watch.reset(0, 50_000);
        assertThat(watch.jumped(10_000_000, 50_010)).isFalse();
        assertThat(watch.jumped(1_500_000_000, 51_500)).isFalse();
        assertThat(watch.jumped(4_000_000_000L, 54_000)).isTrue(); // the process stood still
        assertThat(watch.jumped(4_010_000_000L, 54_010)).isFalse();
        assertThat(watch.jumped(4_020_000_000L, 64_020)).isTrue(); // the machine slept
        assertThat(watch.jumped(4_030_000_000L, 54_030)).isTrue(); // the clock was set back
        assertThat(watch.jumped(4_040_000_000L, 54_040)).isFalse();
    }

    private void advance(long now) {
        wheel.advance(now, entry -> fired.add((Timer) entry));
    }
}
