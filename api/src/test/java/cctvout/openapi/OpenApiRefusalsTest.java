package cctvout.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Questions of all kinds to every route: what comes is in the document. */
@WholeApplication
class OpenApiRefusalsTest {

    @LocalServerPort private int port;
    @Autowired private JsonMapper json;
    private OpenApiRig rig;

    @BeforeEach
    void read() {
        rig = new OpenApiRig(port, json);
    }

    /** Whatever is asked, the answer is one that the document names, of the shape that it names. */
    @Test
    void everyAnswerIsAsTheDocumentSays() {
        List<String> faults = new ArrayList<>();
        WebTestClient viewer = viewer();
        rig.operations()
                .forEach(
                        (route, operation) -> {
                            if (route.contains("/api/stream") || route.equals("POST /logout")) {
                                return;
                            }
                            for (Asked asked : questions(operation)) {
                                for (WebTestClient who : List.of(rig.admin, viewer)) {
                                    faults.addAll(faults(who, route, operation, asked));
                                }
                            }
                        });
        assertThat(faults).isEmpty();
    }

    private record Asked(@Nullable String query, @Nullable String type, @Nullable String body) {}

    private static List<Asked> questions(JsonNode operation) {
        List<Asked> all = new ArrayList<>();
        all.add(new Asked(null, null, null));
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").stringValue("").equals("query")) {
                String name = parameter.path("name").stringValue("");
                all.add(new Asked(name + "=%F0%9F%8E%A5", null, null));
                all.add(new Asked(name + "=a%00b%0d%0a", null, null));
            }
        }
        if (operation.has("requestBody")) {
            all.add(new Asked(null, "application/json", "{}"));
            all.add(new Asked(null, "application/json", "{\"id\":"));
            all.add(new Asked(null, "application/json", "[]"));
            all.add(new Asked(null, "application/yaml", "a: b"));
            all.add(new Asked(null, "application/json", "\"" + "x".repeat(1_100_000) + "\""));
        }
        return all;
    }

    private List<String> faults(WebTestClient who, String route, JsonNode operation, Asked asked) {
        String[] parts = route.split(" ");
        String path = parts[1].replaceAll("\\{[a-z]+}", OpenApiRig.NAMELESS);
        var request =
                who.method(HttpMethod.valueOf(parts[0]))
                        .uri(
                                URI.create(
                                        "http://localhost:"
                                                + port
                                                + path
                                                + (asked.query() == null
                                                        ? ""
                                                        : "?" + asked.query())));
        if (asked.type() != null && asked.body() != null) {
            request.contentType(MediaType.parseMediaType(asked.type())).bodyValue(asked.body());
        }
        var answer = request.exchange().expectBody().returnResult();
        takeBack(answer.getResponseHeaders().getLocation());
        return rig.faults(answer, route + " " + asked.query(), operation);
    }

    /** The application is shared, and a policy of an empty body stands for all faults. */
    private void takeBack(@Nullable URI made) {
        if (made != null && made.getPath().startsWith("/api/")) {
            rig.admin.delete().uri(made.getPath()).exchange().expectStatus().isNoContent();
        }
    }

    private WebTestClient viewer() {
        rig.admin
                .post()
                .uri("/api/users")
                .bodyValue(
                        Map.of(
                                "name", "contract-viewer",
                                "role", "VIEWER",
                                "password", "a long password"))
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(201, 409));
        return OpenApiRig.big(
                ApiClient.anonymous(port)
                        .mutate()
                        .defaultHeader(
                                HttpHeaders.AUTHORIZATION,
                                ApiClient.basic("contract-viewer", "a long password"))
                        .build());
    }
}
