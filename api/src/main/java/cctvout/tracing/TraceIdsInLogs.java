package cctvout.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.util.ArrayDeque;
import java.util.Deque;

/** Log lines that are written within a span have its ids. Comes after what makes the spans. */
final class TraceIdsInLogs implements ObservationHandler<Observation.Context> {

    static final String TRACE = "traceId";
    static final String SPAN = "spanId";

    private record Ids(@Nullable String trace, @Nullable String span) {
        static Ids now() {
            return new Ids(MDC.get(TRACE), MDC.get(SPAN));
        }

        void restore() {
            put(TRACE, trace);
            put(SPAN, span);
        }
    }

    /** Of each thread, what was there before the scopes that are open. */
    private final ThreadLocal<Deque<Ids>> before = ThreadLocal.withInitial(ArrayDeque::new);

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
        before.get().push(Ids.now());
        TracingContext traced = context.get(TracingContext.class);
        Span span = traced == null ? null : traced.getSpan();
        if (span != null) {
            new Ids(span.context().traceId(), span.context().spanId()).restore();
        }
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
        Ids earlier = before.get().poll();
        if (earlier != null) {
            earlier.restore();
        }
    }

    @Override
    public void onScopeReset(Observation.Context context) {
        before.remove();
        new Ids(null, null).restore();
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
