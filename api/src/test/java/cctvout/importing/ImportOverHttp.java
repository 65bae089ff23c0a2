package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraCheck;
import cctvout.network.AllowedNetworks;
import cctvout.web.ServedControllers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.unit.DataSize;

import reactor.netty.DisposableServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** The import on a real server; what PostgreSQL makes of it is the registry's test. */
abstract class ImportOverHttp {

    static final MediaType CSV = MediaType.parseMediaType("text/csv");

    final MemoryRegistry registry = new MemoryRegistry();
    final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    final JsonMapper json = JsonMapper.builder().build();
    DisposableServer server;
    WebTestClient client;

    @BeforeEach
    void start() {
        var settings =
                new ImportSettings(
                        DataSize.ofMegabytes(16), DataSize.ofMegabytes(64), 60_000, 65_536, 3, 2);
        var networks = AllowedNetworks.of(java.util.List.of("private", "public", "127.0.0.0/8"));
        var cameraImport = new CameraImport(registry, new CameraCheck(networks), settings);
        context.registerBean(JsonMapper.class, () -> json);
        context.registerBean(
                ImportController.class, () -> new ImportController(cameraImport, registry));
        server = ServedControllers.of(context);
        client =
                WebTestClient.bindToServer()
                        .baseUrl("http://127.0.0.1:" + server.port())
                        .responseTimeout(Duration.ofSeconds(30))
                        .codecs(c -> c.defaultCodecs().maxInMemorySize(32 << 20))
                        .build();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
        context.close();
    }

    static void named(String field, JsonNode problem) {
        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    JsonNode problem(int status, String query, byte[] body, MediaType type, String detail) {
        byte[] answer =
                client.post()
                        .uri("/api/cameras/import" + query)
                        .contentType(type)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        JsonNode problem = json.readTree(Objects.requireNonNull(answer));
        assertThat(problem.get("detail").asString()).contains(detail);
        return problem;
    }

    JsonNode post(String query, byte[] body) {
        byte[] answer =
                client.post()
                        .uri("/api/cameras/import" + query)
                        .contentType(CSV)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        return json.readTree(Objects.requireNonNull(answer));
    }

    static String counts(JsonNode report) {
        return "%d received: %d %d %d %d"
                .formatted(
                        report.get("received").asInt(),
                        report.get("created").asInt(),
                        report.get("updated").asInt(),
                        report.get("unchanged").asInt(),
                        report.get("rejected").asInt());
    }

    static byte[] csv(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
