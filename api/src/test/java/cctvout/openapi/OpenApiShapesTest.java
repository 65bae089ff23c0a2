package cctvout.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** What is made, read and changed has the shape that the document says. */
@WholeApplication
class OpenApiShapesTest {

    private static final Duration SOON = Duration.ofSeconds(90);

    @LocalServerPort private int port;
    @Autowired private JsonMapper json;
    private OpenApiRig rig;

    @BeforeEach
    void read() {
        rig = new OpenApiRig(port, json);
    }

    /** One of each kind, made, read, changed, listed and removed. */
    @Test
    void whatIsMadeAndReadHasTheShapeThatTheDocumentSays() {
        crud("/api/cameras", "oa-cam", Map.of("id", "oa-cam", "ip", "10.9.9.9", "interval", "1h"));
        crud(
                "/api/recipients",
                "oa-rec",
                Map.of(
                        "id",
                        "oa-rec",
                        "role",
                        "CAMERA_VENDOR",
                        "vendors",
                        List.of("nobody"),
                        "channels",
                        List.of(
                                Map.of("type", "webhook", "url", "http://10.0.0.1/", "secret", "s"),
                                Map.of("type", "slack", "url", "http://10.0.0.1/"),
                                Map.of("type", "inbox"))));
        crud("/api/policies", "oa-pol", Map.of("id", "oa-pol", "name", "Contract"));
        crud(
                "/api/maintenance-windows",
                "oa-win",
                Map.of(
                        "id",
                        "oa-win",
                        "name",
                        "Contract",
                        "scope",
                        Map.of("lines", List.of("none")),
                        "startsAt",
                        Instant.now().plusSeconds(3600).toString(),
                        "endsAt",
                        Instant.now().plusSeconds(7200).toString()));
        crud(
                "/api/users",
                "oa-user",
                Map.of("name", "oa-user", "role", "VIEWER", "password", "a long password"));
        JsonNode token =
                rig.checked(HttpMethod.POST, "/api/tokens", Map.of("name", "contract"), 201);
        rig.checked(HttpMethod.GET, "/api/tokens", null, 200);
        String tokenPath = "/api/tokens/" + token.path("id").stringValue();
        for (HttpMethod change : List.of(HttpMethod.PUT, HttpMethod.PATCH)) {
            rig.checked(change, tokenPath, Map.of("name", "changed"), 200, "/api/tokens/{id}");
        }
        rig.checked(HttpMethod.DELETE, tokenPath, null, 204, "/api/tokens/{id}");
        for (String path :
                List.of(
                        "/api/templates",
                        "/api/audit",
                        "/api/status",
                        "/api/statuses",
                        "/api/sources",
                        "/api/dashboard",
                        "/api/session",
                        "/healthz")) {
            rig.checked(HttpMethod.GET, path, null, 200);
        }
        rig.checked(
                HttpMethod.GET,
                "/api/templates/OPENED/ko",
                null,
                200,
                "/api/templates/{event}/{language}");
        rig.checked(
                HttpMethod.POST,
                "/api/templates/preview",
                Map.of("event", "OPENED", "language", "en"),
                200);
    }

    /** A camera whose stream is refused: its verdict, issue, notice and all that tells of them. */
    @Test
    void whatAFaultLeavesHasTheShapeThatTheDocumentSays() {
        rig.checked(
                HttpMethod.POST,
                "/api/cameras",
                Map.of(
                        "id",
                        "oa-fault",
                        "hlsUrl",
                        "http://127.0.0.1:9/x.m3u8",
                        "probes",
                        Map.of("icmp", false)),
                201);
        JsonNode issue = first("/api/issues?camera=oa-fault", "/api/issues");
        String id = issue.path("id").stringValue();
        first("/api/notifications?issue=" + id, "/api/notifications");
        JsonNode notice = first("/api/inbox?recipient=control-room", "/api/inbox");
        String read = "/api/inbox/{id}/read";
        String noticeId = notice.path("id").stringValue();
        rig.checked(HttpMethod.POST, read.replace("{id}", noticeId), null, 200, read);
        String one = "/api/notifications/{id}";
        rig.checked(HttpMethod.GET, one.replace("{id}", noticeId), null, 200, one);
        String issues = "/api/issues/{id}";
        String path = issues.replace("{id}", id);
        rig.checked(
                HttpMethod.POST,
                path + "/comments",
                Map.of("text", "seen"),
                201,
                issues + "/comments");
        rig.checked(HttpMethod.PATCH, path, Map.of("status", "IN_PROGRESS"), 200, issues);
        rig.checked(HttpMethod.GET, path, null, 200, issues);
        for (String part : List.of("status", "checks", "transitions")) {
            String camera = "/api/cameras/{id}/" + part;
            rig.checked(HttpMethod.GET, camera.replace("{id}", "oa-fault"), null, 200, camera);
        }
        rig.checked(
                HttpMethod.POST,
                "/api/cameras/oa-fault/check",
                null,
                200,
                "/api/cameras/{id}/check");
        rig.checked(
                HttpMethod.POST,
                "/api/policies/try",
                Map.of("cameraId", "oa-fault", "kind", "CAMERA"),
                200);
        rig.checked(HttpMethod.GET, "/api/transitions", null, 200);
        rig.checked(HttpMethod.GET, "/api/outages", null, 200);
        rig.checked(HttpMethod.GET, "/api/reports/availability", null, 200);
        rig.checked(
                HttpMethod.GET,
                "/api/reports/hours?camera=oa-fault",
                null,
                200,
                "/api/reports/hours");
        String camera = "/api/cameras/{id}";
        rig.checked(HttpMethod.DELETE, "/api/cameras/oa-fault", null, 204, camera);
    }

    private void crud(String path, String id, Map<String, Object> body) {
        String one = path + (path.equals("/api/users") ? "/{name}" : "/{id}");
        String own = path + "/" + id;
        rig.checked(HttpMethod.POST, path, body, 201);
        rig.checked(HttpMethod.GET, path, null, 200);
        JsonNode read = rig.checked(HttpMethod.GET, own, null, 200, one);
        rig.checked(HttpMethod.PATCH, own, Map.of("enabled", false), 200, one);
        assertThat(read.isObject()).isTrue();
        rig.checked(HttpMethod.PUT, own, body, 200, one);
        rig.checked(HttpMethod.DELETE, own, null, 204, one);
        assertThat(OpenApiRig.sent(rig.admin, HttpMethod.GET, own, null).getStatus().value())
                .isEqualTo(404);
    }

    private JsonNode first(String uri, String template) {
        AtomicReference<JsonNode> found = new AtomicReference<>();
        StepVerifier.create(
                        Mono.fromCallable(
                                        () -> rig.checked(HttpMethod.GET, uri, null, 200, template))
                                .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())
                                .filter(page -> !page.path("items").isEmpty())
                                .switchIfEmpty(Mono.error(new IllegalStateException("none yet")))
                                .retryWhen(
                                        Retry.fixedDelay(400, Duration.ofMillis(200))
                                                .filter(IllegalStateException.class::isInstance)))
                .consumeNextWith(page -> found.set(page.path("items").get(0)))
                .expectComplete()
                .verify(SOON);
        return Objects.requireNonNull(found.get());
    }
}
