package cctvout.engine;

import cctvout.status.AnomalyPolicy;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * {@code cctvout.probe.anomaly.*}: when a camera that answers is far slower or lossier than its own
 * history.
 *
 * @param enabled off by default
 * @param factor so many times slower or lossier than usual, 1.5 to 100
 * @param slowerBy and slower by so much at least, 1 ms to 10 s
 * @param loss and such a share of the echoes more lost, 0.01 to 1
 * @param warmUp results before anything is called unusual, 5 to 100000
 * @param history until what stays becomes the new usual, 1 h to 90 d
 */
public record AnomalySettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("4") double factor,
        @DefaultValue("50ms") Duration slowerBy,
        @DefaultValue("0.15") double loss,
        @DefaultValue("30") int warmUp,
        @DefaultValue("7d") Duration history) {

    public AnomalySettings {
        if (!(factor >= 1.5 && factor <= 100)) {
            throw refused("factor", factor, "between 1.5 and 100");
        }
        EngineSettings.within(
                "anomaly.slower-by", slowerBy, Duration.ofMillis(1), Duration.ofSeconds(10));
        if (!(loss >= 0.01 && loss <= 1)) {
            throw refused("loss", loss, "between 0.01 and 1");
        }
        if (warmUp < 5 || warmUp > 100_000) {
            throw refused("warm-up", warmUp, "between 5 and 100000");
        }
        EngineSettings.within("anomaly.history", history, Duration.ofHours(1), Duration.ofDays(90));
    }

    private static IllegalArgumentException refused(String name, Number value, String bounds) {
        return new IllegalArgumentException(
                "cctvout.probe.anomaly." + name + " is " + value + ", not " + bounds);
    }

    /** Null where it is off. */
    @Nullable AnomalyPolicy policy() {
        return enabled
                ? new AnomalyPolicy(factor, slowerBy.toNanos() / 1e6, loss, warmUp, history)
                : null;
    }
}
