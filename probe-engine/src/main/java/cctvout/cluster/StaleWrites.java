package cctvout.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what the database refused because another process had taken the camera meanwhile. */
public final class StaleWrites {

    public enum Write {
        TRANSITION,
        CHECK
    }

    private final Map<Write, Counter> refused = new EnumMap<>(Write.class);

    public StaleWrites(MeterRegistry meters) {
        for (Write write : Write.values()) {
            refused.put(
                    write,
                    Counter.builder("cctvout.cluster.stale.writes")
                            .description("refused: another process had taken the camera")
                            .tag("write", write.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    private StaleWrites() {}

    /** Where nobody looks. */
    public static StaleWrites uncounted() {
        return new StaleWrites();
    }

    public void refused(Write write, int count) {
        Counter counter = refused.get(write);
        if (counter != null) {
            counter.increment(count);
        }
    }
}
