package cctvout.kafka;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** That this process is to stop: asked for once, for good. */
final class Stopping {

    private final Sinks.Empty<Void> signal = Sinks.empty();
    private volatile boolean asked;

    void ask() {
        asked = true;
        signal.tryEmitEmpty();
    }

    boolean isAsked() {
        return asked;
    }

    /** Completes when it is asked for, also where it was asked for already. */
    Mono<Void> signal() {
        return signal.asMono();
    }
}
