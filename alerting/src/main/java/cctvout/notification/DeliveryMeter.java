package cctvout.notification;

import java.time.Duration;
import java.util.List;

/** Told of each try's outcome. */
@FunctionalInterface
public interface DeliveryMeter {

    /** How a try may end: {@code skipped} where nothing is sent there any more. */
    List<String> OUTCOMES = List.of("sent", "retry", "failed", "skipped");

    /**
     * @param outcome one of {@link #OUTCOMES}
     */
    void tried(String channel, String outcome, Duration took);
}
