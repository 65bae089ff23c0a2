package cctvout.history;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * {@code cctvout.history.*}: how measurements are kept.
 *
 * @param buffer measurements that wait to be written; past it they are thinned
 * @param batch written at once
 * @param every how often what waits is written
 * @param keep how long a measurement is kept, in whole days
 */
@ConfigurationProperties("cctvout.history")
public record HistorySettings(
        @DefaultValue("100000") int buffer,
        @DefaultValue("2500") int batch,
        @DefaultValue("500ms") Duration every,
        @DefaultValue("30d") Duration keep) {

    public HistorySettings {
        if (buffer < 1 || batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException(
                    "cctvout.history.buffer is 1 or more, cctvout.history.batch 1 to 10000");
        }
        if (!every.isPositive() || !keep.isPositive()) {
            throw new IllegalArgumentException(
                    "cctvout.history.every and cctvout.history.keep are above zero");
        }
    }

    public static HistorySettings standard() {
        return new HistorySettings(100_000, 2500, Duration.ofMillis(500), Duration.ofDays(30));
    }
}
