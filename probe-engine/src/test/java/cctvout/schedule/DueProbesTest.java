package cctvout.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DueProbesTest {

    private static final class Thing extends DueProbes.Item {}

    private final DueProbes<Thing> due = new DueProbes<>();
    private final Thing a = new Thing();
    private final Thing b = new Thing();

    @Test
    void theEarliestComesFirstAndNothingBeforeItsTime() {
        due.put(a, 20);
        due.put(b, 10);
        assertThat(due.poll(9)).isNull();
        assertThat(due.poll(20)).isSameAs(b);
        assertThat(due.poll(20)).isSameAs(a);
        assertThat(a.wasDue()).isEqualTo(20);
        assertThat(due.poll(100)).isNull();
    }

    @Test
    void whatIsPutAnewComesOnceAtItsNewTime() {
        due.put(a, 10);
        due.put(a, 30);
        assertThat(due.poll(29)).isNull();
        due.pullForward(a, 15);
        due.pullForward(a, 40);
        assertThat(due.poll(29)).isSameAs(a);
        assertThat(due.poll(100)).isNull();
    }

    @Test
    void whatIsPulledForwardAgainAndAgainLeavesOnePlaceBehind() {
        due.put(a, 1_000);
        for (int now = 1; now < 500; now++) {
            due.pullForward(a, now);
            assertThat(due.poll(now)).isSameAs(a);
            due.put(a, 1_000);
        }
        assertThat(due.places()).isEqualTo(1);
        assertThat(due.poll(999)).isNull();
        assertThat(due.poll(1_000)).isSameAs(a);
        assertThat(due.poll(5_000)).isNull();
        due.put(a, 6_000);
        due.put(a, 7_000);
        due.put(a, 6_000);
        assertThat(due.poll(6_000)).isSameAs(a);
        assertThat(due.poll(8_000)).isNull();
        assertThat(due.places()).isZero();
    }

    @Test
    void whatIsRemovedDoesNotCome() {
        due.put(a, 10);
        due.remove(a);
        assertThat(due.poll(100)).isNull();
    }
}
