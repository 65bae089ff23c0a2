package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

/** A process that is started before its PostgreSQL. */
@Tag("load")
class LateDatabaseTest {

    private static final String LOOKS_AGAIN = "Retrying in";

    @TempDir Path folder;

    @Test
    void waitsForItSaysSoAndComesUp() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            database.stopServer();
            try (Node node = new Node(environment(database))) {
                awaitLog(node, LOOKS_AGAIN);
                database.startServer();
                node.awaitStart();
                assertThat(node.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
                assertThat(node.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void endsWhereItIsToldToInsteadOfWaitingOn() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            database.stopServer();
            try (Node node = new Node(environment(database))) {
                awaitLog(node, LOOKS_AGAIN);
                node.stop();
                assertThat(node.ended()).isEqualTo(143);
            }
        }
    }

    private static Map<String, String> environment(EmbeddedDatabase database) {
        return Map.of(
                "CCTVOUT_ROLES", "api,probe,alerting",
                "SPRING_R2DBC_URL", database.r2dbcUrl(),
                "SPRING_R2DBC_USERNAME", database.username(),
                "SPRING_R2DBC_PASSWORD", database.password());
    }

    private static void awaitLog(Node node, String words) throws InterruptedException {
        for (int i = 0; i < 600 && node.log.stream().noneMatch(it -> it.contains(words)); i++) {
            node.goesOn();
        }
        assertThat(node.log).anyMatch(line -> line.contains(words));
    }
}
