package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class LoginThrottleTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LoginThrottle throttle = new LoginThrottle(2, Duration.ofMinutes(1), 3);

    @Test
    void onePastTheLimitWaitsForTheWindow() {
        assertThat(throttle.attempt("a", NOW)).isZero();
        assertThat(throttle.attempt("a", NOW.plusSeconds(10))).isZero();
        assertThat(throttle.attempt("a", NOW.plusSeconds(20))).isEqualTo(Duration.ofSeconds(40));
        assertThat(throttle.attempt("b", NOW.plusSeconds(20))).isZero();
        assertThat(throttle.attempt("a", NOW.plusSeconds(60))).isZero();
    }

    @Test
    void aRightPasswordClearsTheCount() {
        throttle.attempt("a", NOW);
        throttle.attempt("a", NOW);
        throttle.succeeded("a");
        assertThat(throttle.attempt("a", NOW)).isZero();
    }

    @Test
    void remembersABoundedNumber() {
        for (String who : new String[] {"a", "a", "b", "c", "d"}) {
            throttle.attempt(who, NOW);
        }
        assertThat(throttle.attempt("a", NOW)).isZero();
    }
}
