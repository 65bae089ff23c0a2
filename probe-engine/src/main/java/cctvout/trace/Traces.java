package cctvout.trace;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import java.util.function.Function;

/** Makes spans of what the application does. Off, it makes none and costs nothing. */
public final class Traces {

    /** Where Reactor's context holds it, as ObservationThreadLocalAccessor and Spring have it. */
    private static final String KEY = "micrometer.observation";

    private static final Traces OFF = new Traces(ObservationRegistry.NOOP);

    private final ObservationRegistry registry;

    /**
     * @param registry whose handlers make the spans
     */
    public Traces(ObservationRegistry registry) {
        this.registry = registry;
    }

    public static Traces off() {
        return OFF;
    }

    /** A span from now until it is ended, on any thread. */
    public Span begin(String name) {
        return registry.isNoop()
                ? Span.NONE
                : new Span(Observation.createNotStarted(name, registry).start());
    }

    /**
     * The work within a span, below the one that the subscriber is in; its log lines carry the
     * trace's id. Lazy: a span for each subscription, ended with it.
     */
    public <T> Mono<T> span(String name, Function<Span, Mono<T>> work) {
        return registry.isNoop()
                ? work.apply(Span.NONE)
                : Mono.deferContextual(outer -> within(begun(name, outer), work));
    }

    private Observation begun(String name, ContextView outer) {
        Observation next = Observation.createNotStarted(name, registry);
        if (outer.getOrDefault(KEY, null) instanceof Observation up) {
            next.parentObservation(up);
        }
        return next.start();
    }

    private static <T> Mono<T> within(Observation here, Function<Span, Mono<T>> work) {
        return Mono.defer(() -> work.apply(new Span(here)))
                .doOnError(here::error)
                .doFinally(_ -> here.stop())
                .contextWrite(context -> context.put(KEY, here));
    }
}
