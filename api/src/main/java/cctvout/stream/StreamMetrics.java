package cctvout.stream;

import io.micrometer.core.instrument.Counter;
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

    private static final String REFUSED = "refused";

    private final MeterRegistry meters;

    StreamMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void watch(Collection<?> clients) {
        Gauge.builder("cctvout.stream.clients", clients, Collection::size)
                .description("dashboards connected")
                .register(meters);
        // there from the start: an increase from nothing is none to Prometheus
        for (Closed reason : Closed.values()) {
            closedBy(reason.name());
        }
        closedBy(REFUSED);
    }

    void closed(Closed reason) {
        closedBy(reason.name()).increment();
    }

    void refused() {
        closedBy(REFUSED).increment();
    }

    private Counter closedBy(String reason) {
        return meters.counter("cctvout.stream.closed", "reason", reason.toLowerCase(Locale.ROOT));
    }
}
