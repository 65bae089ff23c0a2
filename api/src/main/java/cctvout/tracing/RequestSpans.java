package cctvout.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * A span for each request, below the caller's where it sent one; none for those that come every few
 * seconds to see whether all is well, nor for streams, which last for hours.
 */
final class RequestSpans extends PropagatingReceiverTracingObservationHandler<ReceiverContext<?>> {

    RequestSpans(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return super.supportsContext(context)
                && context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && isWorth(request.getCarrier().getPath().value());
    }

    private static boolean isWorth(String path) {
        return !path.startsWith("/actuator/")
                && !path.equals("/healthz")
                && !path.equals("/api/stream");
    }
}
