package cctvout.notification;

import cctvout.notification.DeliveryMarks.Tried;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A notice that was taken, and how it goes out.
 *
 * @param endpoint may be a secret
 * @param sending lazy; one try
 */
record Attempt(Notice notice, String endpoint, Mono<Delivery> sending) {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    /** Makes the try. Lazy; never an error signal: a channel that breaks down has failed. */
    Mono<Tried> made(InstantSource clock) {
        return Mono.defer(
                () -> {
                    Instant begun = clock.instant();
                    return sending.onErrorResume(
                                    bug -> {
                                        LOG.error("channel failed", bug);
                                        return Mono.just(
                                                new Delivery.Failed(
                                                        FailureCause.Code.INTERNAL, true, false));
                                    })
                            .map(
                                    delivery ->
                                            new Tried(
                                                    notice,
                                                    endpoint,
                                                    delivery,
                                                    begun,
                                                    clock.instant()));
                });
    }
}
