package cctvout.lifecycle;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** That some work is to stop: asked for once, for good. */
public final class Stopping {

    private final Sinks.Empty<Void> signal = Sinks.empty();
    private volatile boolean asked;

    public void ask() {
        asked = true;
        signal.tryEmitEmpty();
    }

    public boolean isAsked() {
        return asked;
    }

    /** Completes when it is asked for, also where it was asked for already. */
    public Mono<Void> signal() {
        return signal.asMono();
    }
}
