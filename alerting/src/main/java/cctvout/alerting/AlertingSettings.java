package cctvout.alerting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How transitions become issues.
 *
 * @param degradedOpensIssue whether DEGRADED is worth an issue; its notices go to the control room
 * @param batch transitions handled in one transaction, 1 to 1000
 * @param poll how often the log is looked at where nothing woke the reader, 10 ms to 1 min
 * @param verifyWithin for how long those told wait, where a person says that a camera is repaired,
 *     for a probe to see whether it is, up to 10 min; 0: the person is believed at once
 * @param flapping when a camera that fails again and again is told of once
 */
@ConfigurationProperties("cctvout.alerting")
public record AlertingSettings(
        @DefaultValue("false") boolean degradedOpensIssue,
        @DefaultValue("200") int batch,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("60s") Duration verifyWithin,
        @DefaultValue FlapSettings flapping) {

    public AlertingSettings {
        if (batch < 1 || batch > 1000) {
            throw new IllegalArgumentException(
                    "cctvout.alerting.batch is " + batch + ", not between 1 and 1000");
        }
        if (poll.compareTo(Duration.ofMillis(10)) < 0
                || poll.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.alerting.poll is " + poll + ", not between 10 ms and 1 min");
        }
        if (verifyWithin.isNegative() || verifyWithin.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.alerting.verify-within is " + verifyWithin + ", not 0 to 10 min");
        }
    }
}
