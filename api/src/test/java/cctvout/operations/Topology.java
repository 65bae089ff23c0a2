package cctvout.operations;

import static java.util.Objects.requireNonNull;

import cctvout.e2e.Console;
import cctvout.e2e.Product;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.SimulatedCamera;
import cctvout.store.EmbeddedDatabase;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The services of compose.yaml as processes of this machine, with the environment that they have
 * there; only where its hosts are, and how fast a test has it, is another matter. A fleet stands in
 * for cameras.
 */
final class Topology implements AutoCloseable {

    static final int CAMERAS = 12;

    private static final Map<String, String> FAST =
            Map.of(
                    "CCTVOUT_PROBE_ALLOWED_NETWORKS", "127.0.0.0/8",
                    "CCTVOUT_NOTIFICATION_ALLOWED_NETWORKS", "127.0.0.0/8",
                    "CCTVOUT_PROBE_INTERVAL", "1s",
                    "CCTVOUT_PROBE_CONFIRM", "200ms,400ms",
                    "CCTVOUT_PROBE_ICMP_COUNT", "1",
                    "CCTVOUT_PROBE_ICMP_TIMEOUT", "500ms",
                    "CCTVOUT_HEALTH_EVERY", "500ms",
                    "CCTVOUT_HEALTH_PATIENCE", "1s");

    final EmbeddedDatabase database;
    final FleetServer fleet;
    final List<Node> nodes = new ArrayList<>();
    private final HttpServer party;

    /**
     * @param folder of the database
     * @param replicas of each role
     * @param kafka empty for none
     */
    static Topology start(Path folder, int replicas, String kafka) throws Exception {
        return start(folder, replicas, kafka, Map.of());
    }

    /**
     * @param besides in the environment of all of them
     */
    static Topology start(Path folder, int replicas, String kafka, Map<String, String> besides)
            throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
        FleetServer fleet =
                FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
        Topology topology = new Topology(database, fleet);
        try {
            topology.launch(replicas, kafka, besides);
            return topology;
        } catch (Exception | Error failed) {
            topology.close();
            throw failed;
        }
    }

    private Topology(EmbeddedDatabase database, FleetServer fleet) throws IOException {
        this.database = database;
        this.fleet = fleet;
        this.party =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        party.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        party.start();
    }

    private void launch(int replicas, String kafka, Map<String, String> besides)
            throws InterruptedException {
        Map<String, String> variables = new HashMap<>(ComposeTest.VARIABLES);
        variables.put("CCTVOUT_DB_PASSWORD", database.password());
        variables.put("CCTVOUT_ADMIN_PASSWORD", Product.PASSWORD);
        ComposeFile file = ComposeFile.read(ComposeTest.FILE, variables);
        Map<String, String> here = new HashMap<>(FAST);
        here.put("SPRING_R2DBC_URL", database.r2dbcUrl());
        here.put("SPRING_R2DBC_USERNAME", database.username());
        here.put("CCTVOUT_KAFKA_BOOTSTRAP_SERVERS", kafka);
        here.putAll(besides);
        for (String role : List.of("api", "probe", "alerting")) {
            var service = requireNonNull(file.services().get(role));
            for (int i = 0; i < replicas; i++) {
                nodes.add(new Node(Node.environment(requireNonNull(service.environment()), here)));
            }
        }
        for (Node node : nodes) {
            node.awaitStart();
        }
    }

    Node node(String role) {
        return nodes.stream().filter(node -> node.role.equals(role)).findFirst().orElseThrow();
    }

    Console console() {
        return new Console(node("api").port);
    }

    /** The fleet's cameras, and a control room with a server of its own. */
    void register() {
        console()
                .post(
                        "/api/recipients",
                        """
                        {"id":"control","name":"Control room","role":"CONTROL_ROOM","language":"ko",
                         "channels":[{"type":"webhook","url":"http://127.0.0.1:%d/","secret":"a secret between two"}]}
                        """
                                .formatted(party.getAddress().getPort()));
        for (int i = 1; i <= CAMERAS; i++) {
            SimulatedCamera camera = requireNonNull(fleet.fleet().camera(i));
            console()
                    .post(
                            "/api/cameras",
                            """
                            {"id":"c%d","ip":"%s","hlsUrl":"%s","line":"L-1","vendor":"V-1"}
                            """
                                    .formatted(i, camera.ip(), fleet.url(i)));
        }
    }

    /** As Prometheus does, without credentials, all of them. */
    Scraped scrape() throws Exception {
        Scraped scraped = new Scraped();
        for (Node node : nodes) {
            var response = node.get("/actuator/prometheus");
            if (response.statusCode() != 200) {
                throw new IllegalStateException(node.role + ": " + response);
            }
            scraped.add("cctv-out", node.instance(), response.body());
        }
        return scraped;
    }

    @Override
    public void close() throws Exception {
        try (database;
                fleet) {
            Node.closeAll(nodes);
            party.stop(0);
        }
    }
}
