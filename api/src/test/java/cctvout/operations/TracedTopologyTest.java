package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fault;
import cctvout.simulator.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Each role by itself, with a collector of spans. */
@Tag("load")
class TracedTopologyTest {

    @TempDir Path folder;

    @Test
    void spansOfAllStepsComeToTheCollectorAndLogLinesNameTheirTraces() throws Exception {
        try (Collector collector = Collector.start();
                Topology topology = Topology.start(folder, 1, "", tracing(collector))) {
            topology.register();
            try (StreamReader stream = new StreamReader(topology.node("api"))) {
                stream.await("camera watched", it -> it.contains("\"to\":\"HEALTHY\""));
                topology.fleet.faults().set(Target.camera(1), Fault.NOT_FOUND);
                stream.await("notice sent", it -> it.contains("\"status\":\"SENT\""));
            }
            spansComeAndLogLinesNameTheirTraces(topology, collector);
        }
    }

    private static Map<String, String> tracing(Collector collector) {
        return Map.of(
                "CCTVOUT_TRACING_ENDPOINT", collector.endpoint(),
                "CCTVOUT_TRACING_SAMPLING", "1",
                "CCTVOUT_TRACING_EVERY", "500ms",
                "LOGGING_LEVEL_CCTVOUT_NOTIFICATION", "debug");
    }

    private static void spansComeAndLogLinesNameTheirTraces(Topology topology, Collector collector)
            throws Exception {
        for (String name : List.of("check", "alerting round", "delivery", "http post ")) {
            for (int i = 0; i < 300 && collector.spans(name).isEmpty(); i++) {
                topology.node("api").goesOn();
            }
        }
        assertThat(collector.spans("check"))
                .anyMatch(span -> span.tags().getOrDefault("cameraId", "").equals("c1"))
                .anyMatch(span -> span.tags().getOrDefault("hls", "").equals("FAIL"));
        assertThat(collector.spans("alerting round"))
                .isNotEmpty()
                .allMatch(span -> span.tags().containsKey("transitions"));
        assertThat(collector.spans("delivery"))
                .anyMatch(span -> span.tags().getOrDefault("outcome", "").equals("sent"));
        assertThat(collector.spans("http post ")).isNotEmpty();
        assertThat(collector.spans("http get /actuator")).isEmpty();
        JsonMapper json = JsonMapper.shared();
        assertThat(
                        topology.node("alerting").log.stream()
                                .map(json::readTree)
                                .filter(line -> line.has("traceId"))
                                .map(line -> line.get("traceId").asString()))
                .isNotEmpty()
                .anyMatch(
                        trace ->
                                collector.spans("delivery").stream()
                                        .anyMatch(span -> span.traceId().equals(trace)));
    }
}
