package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcNonTransientResourceException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class RefusalsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Refusals refusals = new Refusals(nanos::get);

    @Test
    void aFullDiskIsKnownForTenSeconds() {
        refusals.note(new IllegalStateException(told("53100", "No space left on device")));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(refusals.lately()).isEqualTo("No space left on device");
        nanos.addAndGet(1);
        assertThat(refusals.lately()).isNull();
    }

    @Test
    void anotherFailureSaysNothingOfIt() {
        refusals.note(told("57P01", "terminating connection"));
        refusals.note(new IllegalStateException("a bug"));
        assertThat(refusals.lately()).isNull();
    }

    private static Exception told(String code, String words) {
        return new R2dbcNonTransientResourceException(words, code);
    }
}
