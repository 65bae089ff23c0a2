package cctvout.operations;

import static cctvout.operations.Monitoring.CONTRACT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.operations.PromQl.Selector;
import cctvout.simulator.Fault;
import cctvout.simulator.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Each role by itself, as compose sets it up: what they show, and how they end. */
class TopologyTest {

    @TempDir Path folder;

    @Test
    void theRolesTogetherShowWhatRulesAndDashboardAskForAndEachKnowsHowItIs() throws Exception {
        try (Topology topology = Topology.start(folder, 1, "")) {
            topology.register();
            try (StreamReader stream = new StreamReader(topology.node("api"))) {
                stream.await("camera watched", it -> it.contains("\"to\":\"HEALTHY\""));
                topology.fleet.faults().set(Target.camera(1), Fault.NOT_FOUND);
                stream.await("notice sent", it -> it.contains("\"status\":\"SENT\""));
            }
            aNodeThatOnlyServesHasACameraCheckedAndShowsWhatProbersFind(topology);
            everythingOfTheContractIsScraped(topology);
            theImagesHealthCheckFindsItWell(topology.node("api"));
            withoutItsDatabaseAProcessIsLiveAndNotReadyAndProbesOn(topology);
            atATermEachFinishesAndStreamsEndWithATimeToReturn(topology);
            logLinesAreForMachinesAndNameWhatTheyAreAbout(topology);
        }
    }

    private static void aNodeThatOnlyServesHasACameraCheckedAndShowsWhatProbersFind(
            Topology topology) throws Exception {
        var status = topology.console().post("/api/cameras/c3/check", "");
        assertThat(status.get("cameraId").asString()).isEqualTo("c3");
        assertThat(status.get("hls").get("status").asString()).isEqualTo("SUCCESS");
        try (StreamReader stream = new StreamReader(topology.node("api"))) {
            stream.await("a result", line -> line.equals("event: result"));
            stream.await("of a prober", line -> line.contains("\"mediaSequence\""));
        }
    }

    private static void everythingOfTheContractIsScraped(Topology topology) throws Exception {
        Scraped held = awaitContract(topology);
        CONTRACT.forEach(
                (name, labels) -> {
                    assertThat(held.names().contains(name)).as(name).isTrue();
                    assertThat(labels).allMatch(label -> held.hasLabel(name, label), name);
                });
        for (Monitoring.Query query : Monitoring.queries()) {
            PromQl parsed = query.parsed();
            assertThat(parsed.selectors()).as(query.toString()).allMatch(held::has);
            assertThat(parsed.grouping())
                    .as(query.toString())
                    .allMatch(label -> anyHas(held, parsed.selectors(), label));
        }
        for (Monitoring.Rule rule : Monitoring.rules()) {
            PromQl parsed = PromQl.of(rule.expr());
            if (rule.expr().contains("cctvout_kafka_")) {
                continue; // there is no broker here
            }
            for (Selector selector : parsed.selectors()) {
                assertThat(held.names().contains(selector.metric())).as(rule.alert()).isTrue();
                assertThat(selector.labels())
                        .as(rule.alert())
                        .allMatch(label -> held.hasLabel(selector.metric(), label.name()));
            }
            assertThat(parsed.grouping())
                    .as(rule.alert())
                    .allMatch(label -> anyHas(held, parsed.selectors(), label));
        }
    }

    /** A try is counted right after it is stored, so that the stream may be a moment ahead. */
    private static Scraped awaitContract(Topology topology) throws Exception {
        Scraped scraped = topology.scrape();
        for (int i = 0; i < 300 && !scraped.names().containsAll(CONTRACT.keySet()); i++) {
            topology.node("api").goesOn();
            scraped = topology.scrape();
        }
        return scraped;
    }

    private static boolean anyHas(Scraped scraped, List<Selector> selectors, String label) {
        return selectors.stream().anyMatch(it -> scraped.hasLabel(it.metric(), label));
    }

    private static void theImagesHealthCheckFindsItWell(Node node) throws Exception {
        String check =
                ComposeTest.instructions(Yaml.text(Yaml.DOCKER.resolve("Dockerfile"))).stream()
                        .filter(line -> line.startsWith("HEALTHCHECK"))
                        .findFirst()
                        .orElseThrow();
        for (String port : List.of(Integer.toString(node.port), "1")) {
            List<String> words =
                    ComposeTest.words(check.replace("127.0.0.1/8080", "127.0.0.1/" + port));
            Process bash =
                    new ProcessBuilder(words)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(bash.exitValue() == 0).isEqualTo(!port.equals("1"));
        }
    }

    private static void withoutItsDatabaseAProcessIsLiveAndNotReadyAndProbesOn(Topology topology)
            throws Exception {
        topology.database.stopServer();
        for (Node node : topology.nodes) {
            awaitReadiness(node, 503);
            assertThat(node.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(node.get("/healthz").statusCode()).isEqualTo(200);
        }
        Node probe = topology.node("probe");
        double before = probes(topology);
        for (int i = 0; i < 300 && probes(topology) < before + Topology.CAMERAS; i++) {
            probe.goesOn();
        }
        assertThat(probes(topology)).isGreaterThanOrEqualTo(before + Topology.CAMERAS);
        topology.database.startServer();
        for (Node node : topology.nodes) {
            awaitReadiness(node, 200);
        }
    }

    private static double probes(Topology topology) throws Exception {
        return topology.scrape()
                .sum(new Selector("cctvout_probe_duration_seconds_count", List.of()));
    }

    private static void awaitReadiness(Node node, int status) throws Exception {
        int found = 0;
        for (int i = 0; i < 300 && found != status; i++) {
            node.goesOn();
            found = node.get("/actuator/health/readiness").statusCode();
        }
        assertThat(found).as(node.role).isEqualTo(status);
    }

    private static void atATermEachFinishesAndStreamsEndWithATimeToReturn(Topology topology)
            throws Exception {
        try (StreamReader stream = new StreamReader(topology.node("api"))) {
            stream.await("a first event", it -> it.startsWith("event:"));
            topology.nodes.forEach(Node::stop);
            stream.ended();
            assertThat(stream.lines).anyMatch(line -> line.matches("retry: ?\\d+"));
        }
        for (Node node : topology.nodes) {
            assertThat(node.ended()).as(node.role).isEqualTo(143);
        }
    }

    private static void logLinesAreForMachinesAndNameWhatTheyAreAbout(Topology topology) {
        JsonMapper json = JsonMapper.shared();
        for (Node node : topology.nodes) {
            assertThat(node.log).isNotEmpty();
            for (String line : node.log) {
                assertThat(json.readTree(line).get("message").asString()).as(line).isNotEmpty();
            }
        }
        List<JsonNode> told =
                topology.node("alerting").log.stream()
                        .map(json::readTree)
                        .filter(line -> line.has("seq"))
                        .toList();
        assertThat(told).anyMatch(line -> line.has("cameraId") && line.has("verdict"));
        assertThat(told).anyMatch(line -> line.has("cameraId") && line.has("issueId"));
        assertThat(told).anyMatch(line -> line.has("notificationId") && line.has("issueId"));
    }
}
