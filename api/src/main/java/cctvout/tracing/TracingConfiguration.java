package cctvout.tracing;

import cctvout.trace.Traces;

import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import reactor.core.publisher.Hooks;

/** Without an endpoint nothing of it is there: no tracer, no handler, no hook in Reactor. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnTracingCondition.class)
@EnableConfigurationProperties(TracingSettings.class)
class TracingConfiguration {

    private static final String NAME = "cctv-out";

    /** Closed at the end: what waits is sent, for as long as a request may take. */
    @Bean
    SdkTracerProvider tracerProvider(TracingSettings settings) {
        // so that log lines of what goes from thread to thread have the trace's id
        Hooks.enableAutomaticContextPropagation();
        var exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(settings.endpoint().toString())
                        .setTimeout(settings.timeout());
        settings.headers().forEach(exporter::addHeader);
        var processor =
                BatchSpanProcessor.builder(exporter.build())
                        .setMaxQueueSize(settings.queue())
                        .setMaxExportBatchSize(settings.batch())
                        .setScheduleDelay(settings.every())
                        .setExporterTimeout(settings.timeout())
                        .build();
        var service = Attributes.of(AttributeKey.stringKey("service.name"), NAME);
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(service)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampling())))
                .addSpanProcessor(processor)
                .build();
    }

    @Bean
    Tracer tracer(SdkTracerProvider provider) {
        return new OtelTracer(provider.get(NAME), new OtelCurrentTraceContext(), _ -> {});
    }

    /** For what Spring observes: requests. */
    @Bean
    @Order(1)
    ObservationHandler<?> requestSpans(Tracer tracer, SdkTracerProvider provider) {
        var propagators = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        return new RequestSpans(tracer, new OtelPropagator(propagators, provider.get(NAME)));
    }

    @Bean
    @Order(2)
    TraceIdsInLogs traceIdsInLogs() {
        return new TraceIdsInLogs();
    }

    /** For what we do; a registry of its own, as meters count it already. */
    @Bean
    Traces traces(Tracer tracer, TraceIdsInLogs logs) {
        var registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new DefaultTracingObservationHandler(tracer))
                .observationHandler(logs);
        return new Traces(registry);
    }
}
