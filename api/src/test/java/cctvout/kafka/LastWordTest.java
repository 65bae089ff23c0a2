package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class LastWordTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final LastWord word = new LastWord(nanos::get);

    @Test
    void whoDiesWithTheBrokerIsMissedAfterThePatienceAndNotTwiceIt() {
        word.now();
        for (int ago = 0; ago < 10; ago++) {
            word.heartbeat(ago);
            assertThat(word.isOlderThan(PATIENCE)).as("%d s", ago).isFalse();
            pass(Duration.ofMillis(999));
            word.heartbeat(ago);
            pass(Duration.ofMillis(1));
        }
        pass(Duration.ofMillis(1));
        word.heartbeat(10);
        assertThat(word.isOlderThan(PATIENCE)).isTrue();
    }

    @Test
    void aNewHeartbeatIsWordOfTheGroup() {
        pass(Duration.ofMinutes(1));
        assertThat(word.isOlderThan(PATIENCE)).isTrue();
        word.heartbeat(0);
        assertThat(word.isOlderThan(PATIENCE)).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
