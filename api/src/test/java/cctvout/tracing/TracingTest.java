package cctvout.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.operations.Collector;
import cctvout.trace.Traces;

import io.micrometer.tracing.Tracer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

class TracingTest {

    private static final List<String> NAMES = List.of("check", "delivery", "inner");

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(TracingConfiguration.class);

    @AfterEach
    void otherTestsHaveNoHook() {
        Hooks.disableAutomaticContextPropagation();
    }

    @Test
    void withoutACollectorNothingOfItIsThere() {
        for (String none : List.of("cctvout.tracing.sampling=1", "cctvout.tracing.endpoint=")) {
            application
                    .withPropertyValues(none)
                    .run(
                            context ->
                                    assertThat(context)
                                            .hasNotFailed()
                                            .doesNotHaveBean(Traces.class)
                                            .doesNotHaveBean(Tracer.class));
        }
        Mono<String> work = Mono.just("done");
        assertThat(Traces.off().span("none", _ -> work)).isSameAs(work);
    }

    @Test
    void spansComeToTheCollectorWithTheirTagsAndLogLinesOfThemHaveTheTrace() throws Exception {
        try (Collector collector = Collector.start()) {
            List<String> logged = new ArrayList<>();
            application
                    .withPropertyValues(
                            "cctvout.tracing.endpoint=" + collector.endpoint(),
                            "cctvout.tracing.sampling=1",
                            "cctvout.tracing.every=100ms",
                            "cctvout.tracing.timeout=20s")
                    .run(
                            context -> {
                                Traces traces = context.getBean(Traces.class);
                                for (int i = 0; i < 300 && !collector.hasAll(NAMES); i++) {
                                    traces.begin("check").tag("cameraId", "c1").end();
                                    logged.add(
                                            delivery(traces).toFuture().get(20, TimeUnit.SECONDS));
                                    collector.awaitMore(200);
                                }
                                assertThat(trace()).isEmpty();
                            });

            assertThat(collector.hasAll(NAMES)).isTrue();
            assertThat(collector.spans("check"))
                    .allSatisfy(span -> assertThat(span.tags()).containsEntry("cameraId", "c1"));
            assertThat(collector.spans("delivery"))
                    .allSatisfy(span -> assertThat(span.tags()).containsEntry("outcome", "sent"))
                    .allMatch(span -> logged.contains(span.traceId()));
            assertThat(collector.spans("inner"))
                    .allMatch(below -> logged.contains(below.traceId()));
        }
    }

    private static Mono<String> delivery(Traces traces) {
        Mono<String> inner = traces.span("inner", _ -> Mono.just("done"));
        return traces.span(
                "delivery",
                span ->
                        inner.publishOn(Schedulers.parallel())
                                .map(_ -> trace())
                                .doOnNext(_ -> span.tag("outcome", "sent")));
    }

    private static String trace() {
        return Objects.requireNonNullElse(MDC.get(TraceIdsInLogs.TRACE), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint=collector:4318", "sampling=2", "queue=0", "every=1ms"})
    void aSettingThatCannotBeIsNamed(String setting) {
        application
                .withPropertyValues(
                        "cctvout.tracing.endpoint=http://127.0.0.1:9/v1/traces",
                        "cctvout.tracing." + setting)
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining(
                                                "cctvout.tracing." + setting.split("=")[0]));
    }
}
