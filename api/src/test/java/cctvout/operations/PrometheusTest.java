package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.e2e.KafkaProcess;
import cctvout.simulator.Fault;
import cctvout.simulator.Target;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The whole of compose, twice each role, a broker and a real Prometheus with our configuration. */
@Tag("load")
class PrometheusTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir Path folder;

    @Test
    void prometheusScrapesAllOfThemKnowsTheRulesAndAnswersEveryQueryOfTheDashboard()
            throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/prometheus")),
                "skipped: no prometheus on this machine (apt-get install prometheus)");
        try (KafkaProcess kafka = new KafkaProcess(Files.createDirectory(folder.resolve("kafka")));
                Topology topology = Topology.start(folder, 2, kafka.servers())) {
            topology.register();
            int port = Node.freePort();
            Process prometheus = prometheus(topology, port);
            try (StreamReader stream = new StreamReader(topology.node("api"))) {
                stream.await("camera watched", it -> it.contains("\"to\":\"HEALTHY\""));
                topology.fleet.faults().set(Target.camera(1), Fault.NOT_FOUND);
                stream.await("notice sent", it -> it.contains("\"status\":\"SENT\""));
                List<String> unanswered = unanswered(topology, port);
                for (int i = 0; i < 600 && !unanswered.isEmpty(); i++) {
                    topology.node("api").goesOn();
                    // changes go on, so that their rates are there to be asked for
                    if (i % 25 == 0) {
                        topology.fleet.faults().set(Target.camera(2), Fault.NOT_FOUND);
                    } else if (i % 25 == 12) {
                        topology.fleet.faults().recover(Target.camera(2));
                    }
                    unanswered = unanswered(topology, port);
                }
                assertThat(unanswered).isEmpty();
                assertThat(query(port, "sum(up{job=\"cctv-out\"})").get(0).get("value").get(1))
                        .hasToString("\"6\"");
                assertThat(query(port, "max(cctvout_log_lag{consumer=\"kafka\"})")).isNotEmpty();
                assertThat(query(port, "max by (consumer) (cctvout_kafka_held_seconds)"))
                        .hasSize(2);
                rulesAreWell(port);
            } finally {
                prometheus.destroy();
                assertThat(prometheus.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** Queries of the dashboard that have no data, and processes that are not scraped. */
    private static List<String> unanswered(Topology topology, int port) throws Exception {
        List<String> all = new ArrayList<>();
        for (Monitoring.Query query : Monitoring.queries()) {
            if (query(port, query.expr().replace("$__rate_interval", "1m")).isEmpty()) {
                all.add(query.toString());
            }
        }
        JsonNode up = query(port, "up{job=\"cctv-out\"} == 1");
        if (up.size() != topology.nodes.size()) {
            all.add("up: " + up);
        }
        return all;
    }

    private static void rulesAreWell(int port) throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonNode group : get(port, "/api/v1/rules").get("data").get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                names.add(rule.get("name").asString());
                assertThat(rule.get("health").asString()).as(rule.toString()).isEqualTo("ok");
            }
        }
        assertThat(names)
                .containsExactlyElementsOf(
                        Monitoring.rules().stream().map(Monitoring.Rule::alert).toList());
    }

    /** Our configuration, but for where the processes are and how often it looks. */
    private Process prometheus(Topology topology, int port) throws IOException {
        String ours = Yaml.text(Yaml.DOCKER.resolve("prometheus/prometheus.yaml"));
        String targets =
                topology.nodes.stream()
                        .map(node -> '"' + node.instance() + '"')
                        .collect(Collectors.joining(", "));
        String here =
                ours.substring(0, ours.indexOf("    dns_sd_configs:"))
                                .replaceAll("(scrape|evaluation)_interval: 15s", "$1_interval: 2s")
                        + "    static_configs:\n      - targets: ["
                        + targets
                        + "]\n";
        Path config = Files.writeString(folder.resolve("prometheus.yaml"), here);
        Files.copy(Yaml.DOCKER.resolve("prometheus/rules.yaml"), folder.resolve("rules.yaml"));
        return new ProcessBuilder(
                        "/usr/bin/prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private static JsonNode query(int port, String expr) throws Exception {
        JsonNode answer =
                get(port, "/api/v1/query?query=" + URLEncoder.encode(expr, StandardCharsets.UTF_8));
        return answer.path("data").path("result");
    }

    /** Empty until it answers. */
    private static JsonNode get(int port, String path) throws Exception {
        try {
            return JsonMapper.shared()
                    .readTree(
                            HTTP.send(
                                            HttpRequest.newBuilder(
                                                            URI.create(
                                                                    "http://127.0.0.1:"
                                                                            + port
                                                                            + path))
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body());
        } catch (java.net.ConnectException _) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
