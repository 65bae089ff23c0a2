package cctvout.alerting;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * When a camera, or what many share, is called flapping: {@code cctvout.alerting.flapping.*}.
 *
 * @param faults of one camera by itself, or outages of one cause, that make it flapping, 2 to 100;
 *     0: never
 * @param within which time, 1 s to 24 h
 * @param calm so long it must be well, or down, before those who were told hear more, 1 s to 6 h
 */
public record FlapSettings(
        @DefaultValue("10") int faults,
        @DefaultValue("6h") Duration within,
        @DefaultValue("10m") Duration calm) {

    private static final Limits LIMITS = new Limits("cctvout.alerting.flapping");

    public static final FlapSettings NEVER =
            new FlapSettings(0, Duration.ofHours(6), Duration.ofMinutes(10));

    public FlapSettings {
        if (faults != 0 && (faults < 2 || faults > 100)) {
            throw new IllegalArgumentException(
                    "cctvout.alerting.flapping.faults is " + faults + ", not 0 or 2 to 100");
        }
        LIMITS.check("within", within, Duration.ofSeconds(1), Duration.ofHours(24));
        LIMITS.check("calm", calm, Duration.ofSeconds(1), Duration.ofHours(6));
    }
}
