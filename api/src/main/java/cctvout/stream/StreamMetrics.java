package cctvout.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.Collection;
import java.util.Locale;

/** Clients, and why they were closed. */
final class StreamMetrics {

    /** Why a stream ended. */
    enum Closed {
        /** It went. */
        CLIENT,
        /** It took no byte for {@code cctvout.stream.stall-timeout}. */
        STALLED,
        /** This process stops. */
        SHUTDOWN
    }

    private final MeterRegistry meters;

    StreamMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void watch(Collection<?> clients) {
        Gauge.builder("cctvout.stream.clients", clients, Collection::size)
                .description("dashboards connected")
                .register(meters);
    }

    void closed(Closed reason) {
        meters.counter("cctvout.stream.closed", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void refused() {
        meters.counter("cctvout.stream.closed", "reason", "refused").increment();
    }
}
