package cctvout.store;

import io.r2dbc.spi.R2dbcException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Remembers that a server which answers takes nothing that is written. See PostgreSQL's appendix A,
 * {@code disk_full} and {@code read_only_sql_transaction}.
 */
final class Refusals {

    private static final Set<String> CODES = Set.of("53100", "25006");

    /** Longer than those who try again and again wait in between. */
    private static final Duration LATELY = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private volatile @Nullable Refusal last;

    private record Refusal(String words, long at) {}

    /**
     * @param nanos steady time
     */
    Refusals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Of any failure; most say nothing of this. */
    void note(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException told && CODES.contains(told.getSqlState())) {
                last = new Refusal(String.valueOf(told.getMessage()), nanos.getAsLong());
                return;
            }
        }
    }

    /** Its own words; null where there was none within the last 10 s. */
    @Nullable String lately() {
        Refusal told = last;
        return told == null || nanos.getAsLong() - told.at() > LATELY.toNanos()
                ? null
                : told.words();
    }
}
