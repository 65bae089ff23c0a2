package cctvout.kafka;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Sends, and then says at times that it failed. */
record FailingAtTimes(EventPublisher to, BooleanSupplier fails) implements EventPublisher {

    @Override
    public Mono<Void> publish(List<OutboundEvent> events) {
        return to.publish(events)
                .then(
                        Mono.defer(
                                () ->
                                        fails.getAsBoolean()
                                                ? Mono.error(new IllegalStateException("gone"))
                                                : Mono.empty()));
    }

    @Override
    public Mono<Void> close() {
        return to.close();
    }
}
