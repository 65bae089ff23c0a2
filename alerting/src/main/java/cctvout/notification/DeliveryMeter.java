package cctvout.notification;

import java.time.Duration;

/** Told of each try's outcome. */
@FunctionalInterface
public interface DeliveryMeter {

    /**
     * @param outcome {@code sent}, {@code retry} or {@code failed}
     */
    void tried(String channel, String outcome, Duration took);
}
