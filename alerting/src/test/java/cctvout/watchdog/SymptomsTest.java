package cctvout.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.engine.EngineStatus;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

class SymptomsTest {

    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");

    private final EngineStatus engine = EngineStatus.absent("not here");
    private final Symptoms symptoms =
            new Symptoms(
                    new WatchdogSettings(
                            Duration.ofSeconds(2),
                            Duration.ofMinutes(30),
                            Duration.ofSeconds(20),
                            5000),
                    T0);

    private Set<Symptoms.Key> at(int second, long lag) {
        return symptoms.of(engine, lag, Set.of("vendor/webhook"), T0.plusSeconds(second)).keySet();
    }

    @Test
    void whatPassesIsNewsWhenItLasts() {
        var dead = new Symptoms.Key(Trouble.CHANNEL_DEAD, "vendor/webhook");
        var lag = new Symptoms.Key(Trouble.LOG_LAG, "alerting");
        assertThat(at(0, 9000)).containsExactly(dead);
        assertThat(at(10, 100)).containsExactly(dead);
        assertThat(at(12, 9000)).containsExactly(dead);
        assertThat(at(31, 9000)).containsExactly(dead);
        assertThat(at(32, 9000)).containsExactly(lag, dead);
        assertThat(at(34, 5000)).containsExactly(dead);
    }
}
