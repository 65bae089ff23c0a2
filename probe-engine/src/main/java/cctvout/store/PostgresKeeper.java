package cctvout.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.io.IOException;
import java.time.Duration;

/**
 * Starts the server of our own again where it has ended, such as killed for memory: nobody else
 * would. Looks every second, on threads that may wait, and believes the second look.
 */
final class PostgresKeeper {

    private static final Logger log = LoggerFactory.getLogger(PostgresKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int TRIES_A_WORD = 60;

    private final PostgresServer server;
    private long failures;
    private boolean missed;

    PostgresKeeper(PostgresServer server) {
        this.server = server;
    }

    /** From now on until disposed of. */
    Disposable keep() {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .concatMap(
                        _ ->
                                Mono.<Void>fromRunnable(this::look)
                                        .subscribeOn(Schedulers.boundedElastic()),
                        1)
                .subscribe(_ -> {}, bug -> log.error("PostgreSQL is no longer kept up", bug));
    }

    private void look() {
        try {
            boolean ended = server.hasEnded();
            boolean surely = ended && missed;
            missed = ended;
            if (surely) {
                if (failures == 0) {
                    log.warn("PostgreSQL has ended by itself: it is started again");
                }
                server.startAgain();
                failures = 0;
            }
        } catch (IOException | StoreException trouble) {
            tell(trouble);
        }
    }

    /**
     * What hinders it stays, until somebody helps; its words have another time in them each time.
     */
    private void tell(Exception trouble) {
        if (failures++ % TRIES_A_WORD == 0) {
            log.error("PostgreSQL is tried again and again: {}", trouble.getMessage());
        }
    }
}
