package cctvout.trace;

import io.micrometer.observation.Observation;

import org.jspecify.annotations.Nullable;

/** A part of a trace while it goes on, or nothing where tracing is off. */
public final class Span {

    public static final Span NONE = new Span(null);

    private final @Nullable Observation observation;

    Span(@Nullable Observation observation) {
        this.observation = observation;
    }

    /** What it is about: ids and outcomes, no secrets. An absent value is left out. */
    public Span tag(String key, @Nullable Object value) {
        if (observation != null && value != null) {
            observation.highCardinalityKeyValue(key, value.toString());
        }
        return this;
    }

    public void end() {
        if (observation != null) {
            observation.stop();
        }
    }
}
