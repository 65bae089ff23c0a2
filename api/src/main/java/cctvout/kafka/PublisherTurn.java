package cctvout.kafka;

import cctvout.lifecycle.Stopping;
import cctvout.store.Database;
import cctvout.store.SessionLock;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;

/** Whose turn it is to publish: one process of many. */
final class PublisherTurn {

    private final SessionLock lock;
    private final Duration standby;

    PublisherTurn(Database database, Duration standby) {
        this.lock = new SessionLock(database, "hashtext('kafka publisher')");
        this.standby = standby;
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
        Flux<T> attempt = lock.attempt(work, Mono.<T>fromRunnable(others));
        return Flux.defer(() -> stopping.isAsked() ? Flux.<T>empty() : attempt)
                .concatWith(pause)
                .repeat(() -> !stopping.isAsked());
    }
}
