package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.Breaker.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class BreakerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Breaker breaker = new Breaker(5, Duration.ofMinutes(1), Duration.ofSeconds(30));

    @Test
    void fiveFailuresWithinAMinuteOpenItForThirtySeconds() {
        fail(4, NOW);
        assertThat(breaker.pass(NOW)).isTrue();
        fail(1, NOW.plusSeconds(59));
        assertThat(breaker.pass(NOW.plusSeconds(60))).isFalse();
        assertThat(breaker.state(NOW.plusSeconds(88))).isEqualTo(State.OPEN);
        assertThat(breaker.state(NOW.plusSeconds(89))).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void failuresFarApartDoNotOpenIt() {
        for (int i = 0; i < 20; i++) {
            fail(1, NOW.plusSeconds(16L * i));
        }
        assertThat(breaker.state(NOW.plusSeconds(320))).isEqualTo(State.CLOSED);
    }

    @Test
    void halfOpenLetsOneTryThroughWhichDecides() {
        fail(5, NOW);
        Instant later = NOW.plusSeconds(31);
        assertThat(breaker.pass(later)).isTrue();
        assertThat(breaker.pass(later)).isFalse();
        fail(1, later);
        assertThat(breaker.pass(later.plusSeconds(29))).isFalse();
        assertThat(breaker.pass(later.plusSeconds(30))).isTrue();
        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.state(later)).isEqualTo(State.CLOSED);
        assertThat(breaker.succeeded()).isFalse();
    }

    private void fail(int times, Instant at) {
        for (int i = 0; i < times; i++) {
            breaker.failed(FailureCause.http(500), at);
        }
    }
}
