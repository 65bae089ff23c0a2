package cctvout.kafka;

import cctvout.lifecycle.Stopping;
import cctvout.store.Database;
import cctvout.store.SessionLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;

/**
 * Whose turn it is to publish: one process of many. A killed one's turn ends with its connection.
 * One that stands still keeps its connection, which is ended for it; when it goes on, its cursor
 * has been moved by another, and it stops.
 */
final class PublisherTurn {

    private static final Logger LOG = LoggerFactory.getLogger(PublisherTurn.class);

    /** Longer than a holder goes on without an answer of the database, see {@link SessionLock}. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final SessionLock lock;
    private final Duration standby;
    private final Duration silence;

    PublisherTurn(Database database, Duration standby) {
        this(database, standby, SILENCE);
    }

    PublisherTurn(Database database, Duration standby, Duration silence) {
        this.lock = new SessionLock(database, "kafka publisher");
        this.standby = standby;
        this.silence = silence;
    }

    /**
     * Runs the work while it is this process's turn, waits while it is another's. Lazy; completes
     * when it is stopping and the work has completed; errors with the work, or where the turn is
     * lost, which cancels the work.
     *
     * @param others called each time when it is found to be another's
     */
    <T> Flux<T> whileOurs(Flux<T> work, Runnable others, Stopping stopping) {
        Flux<T> pause =
                Flux.defer(
                        () ->
                                Mono.delay(standby)
                                        .takeUntilOther(stopping.signal())
                                        .thenMany(Flux.<T>empty()));
        Mono<T> standsBy = Mono.<T>fromRunnable(others).then(endTheSilentOne()).then(Mono.empty());
        Flux<T> attempt = lock.attempt(work, standsBy);
        return Flux.defer(() -> stopping.isAsked() ? Flux.<T>empty() : attempt)
                .concatWith(pause)
                .repeat(() -> !stopping.isAsked());
    }

    private Mono<Void> endTheSilentOne() {
        return lock.endSilentHolder(silence)
                .filter(ended -> ended)
                .doOnNext(
                        _ -> LOG.warn("The process that publishes stands still: its turn is over"))
                .then();
    }
}
