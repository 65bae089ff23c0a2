package cctvout.kafka;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * The way to the broker. Of use for one session: after an error it is closed, and a new one made.
 */
interface EventPublisher {

    /**
     * Sends all of them in this order and completes when the broker has each of them on all
     * replicas that are in sync. While the broker is away it waits, without a limit of time: given
     * up too early, a later record could overtake an earlier one. Lazy; errors where the broker
     * refuses one for good, with a {@link BrokerException} where it is known which, then any of
     * them may have arrived. Cancelling leaves open which of them arrive.
     */
    Mono<Void> publish(List<OutboundEvent> events);

    /** Drops what is not sent yet. Lazy, never errors. */
    Mono<Void> close();
}
