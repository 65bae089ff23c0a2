package cctvout.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;

import reactor.netty.Connection;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerState;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what came and was no HTTP, or more of it than is taken. Nobody needs an account to send
 * that, and the log is not theirs to fill: a line a minute at most, instead of the server's own
 * that shows each request with all its headers.
 */
@Component
final class UndecodableRequests implements NettyServerCustomizer {

    private static final Logger log = LoggerFactory.getLogger(UndecodableRequests.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Counter all;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - PAUSE);

    UndecodableRequests(MeterRegistry meters) {
        all = meters.counter("cctvout.http.undecodable");
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.childObserve(
                (connection, state) -> {
                    if (state == HttpServerState.REQUEST_DECODING_FAILED) {
                        came(connection);
                    }
                });
    }

    private void came(Connection connection) {
        all.increment();
        untold.incrementAndGet();
        long now = System.nanoTime();
        long before = toldAt.get();
        if (now - before >= PAUSE && toldAt.compareAndSet(before, now)) {
            log.warn(
                    "Requests that are no HTTP, or too large: {}; the last from {}",
                    untold.getAndSet(0),
                    connection.channel().remoteAddress());
        }
    }
}
