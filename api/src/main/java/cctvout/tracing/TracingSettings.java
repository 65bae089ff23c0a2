package cctvout.tracing;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * {@code cctvout.tracing.*}: where spans go, and how many.
 *
 * @param endpoint of a collector that speaks OTLP over HTTP, such as {@code
 *     http://collector:4318/v1/traces}
 * @param headers of each request to it, such as credentials
 * @param sampling the part of all traces that are kept, 0 to 1; a caller's own decision goes before
 * @param queue spans that wait to be sent, 1 to 1,000,000; past it new ones are dropped
 * @param batch spans a request at most, no more than {@code queue}
 * @param every between two requests at most, 100 ms to 1 min
 * @param timeout of a request, 100 ms to 1 min
 */
@ConfigurationProperties("cctvout.tracing")
record TracingSettings(
        URI endpoint,
        @DefaultValue Map<String, String> headers,
        @DefaultValue("0.1") double sampling,
        @DefaultValue("2048") int queue,
        @DefaultValue("512") int batch,
        @DefaultValue("5s") Duration every,
        @DefaultValue("10s") Duration timeout) {

    private static final Limits LIMITS = new Limits("cctvout.tracing");

    static final String ENDPOINT = "cctvout.tracing.endpoint";

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    TracingSettings {
        String scheme = endpoint.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    ENDPOINT + ": http://HOST:PORT/v1/traces or https://…, not " + endpoint);
        }
        LIMITS.check("sampling", sampling, 0.0, 1.0);
        LIMITS.check("queue", queue, 1, 1_000_000);
        LIMITS.check("batch", batch, 1, queue);
        LIMITS.check("every", every, SHORTEST, LONGEST);
        LIMITS.check("timeout", timeout, SHORTEST, LONGEST);
        headers = Map.copyOf(headers);
    }

    /** Headers may be secrets. */
    @Override
    public String toString() {
        return "tracing to " + endpoint;
    }
}
