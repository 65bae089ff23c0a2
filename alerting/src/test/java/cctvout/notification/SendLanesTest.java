package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendLanesTest {

    private final SendLanes lanes = new SendLanes(4, 2);

    @Test
    void laneTakesNoMoreThanItsShare() {
        lanes.taken("a");
        assertThat(lanes.rooms()).containsEntry("a", 1);
        lanes.taken("a");
        assertThat(lanes.rooms()).containsEntry("a", 0);
        assertThat(lanes.free()).isEqualTo(2);
        lanes.done("a", true);
        lanes.done("a", true);
        assertThat(lanes.rooms()).isEmpty();
    }

    @Test
    void ailingLanesTogetherLeaveHalfToTheOthers() {
        for (String lane : new String[] {"a", "b", "c"}) {
            lanes.taken(lane);
            lanes.done(lane, false);
        }
        assertThat(lanes.rooms()).containsEntry("a", 1).containsEntry("b", 1);
        lanes.taken("a");
        lanes.taken("b");
        assertThat(lanes.rooms()).containsEntry("c", 0);
        lanes.done("a", true);
        assertThat(lanes.rooms()).containsEntry("c", 1).doesNotContainKey("a");
    }
}
