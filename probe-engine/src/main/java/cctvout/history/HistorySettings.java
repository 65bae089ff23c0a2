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
 * @param keepHours how long the figures of an hour are kept, in whole months
 * @param rollUpAfter how long after its end an hour's figures are computed, for what comes late
 * @param rollUpTimeout for the figures of one hour
 */
@ConfigurationProperties("cctvout.history")
public record HistorySettings(
        @DefaultValue("100000") int buffer,
        @DefaultValue("2500") int batch,
        @DefaultValue("500ms") Duration every,
        @DefaultValue("30d") Duration keep,
        @DefaultValue("400d") Duration keepHours,
        @DefaultValue("2m") Duration rollUpAfter,
        @DefaultValue("10m") Duration rollUpTimeout) {

    private static final long MOST_DAYS = 10_000;

    public HistorySettings {
        if (buffer < 1 || batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException(
                    "cctvout.history.buffer is 1 or more, cctvout.history.batch 1 to 10000");
        }
        if (!every.isPositive() || !rollUpTimeout.isPositive() || rollUpAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "cctvout.history.every and roll-up-timeout are above zero, roll-up-after is not below it");
        }
        days("keep", keep);
        days("keep-hours", keepHours);
    }

    public static HistorySettings standard() {
        return of(100_000, 2500, Duration.ofMillis(500));
    }

    /** The others as usual. */
    static HistorySettings of(int buffer, int batch, Duration every) {
        return new HistorySettings(
                buffer,
                batch,
                every,
                Duration.ofDays(30),
                Duration.ofDays(400),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10));
    }

    private static void days(String name, Duration value) {
        if (value.toDays() < 1 || value.toDays() > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "cctvout.history.%s: %s is not from 1 to %d days"
                            .formatted(name, value, MOST_DAYS));
        }
    }
}
