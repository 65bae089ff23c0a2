package cctvout.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** The document that is served, held against the routes that run and against what they answer. */
@WholeApplication
class OpenApiTest {

    private static final Set<String> WITHOUT_CONTROLLER =
            Set.of("GET /api/session", "POST /login", "POST /logout");
    private static final String NAMELESS = "no-such-thing";
    private static final Duration SOON = Duration.ofSeconds(90);

    @LocalServerPort private int port;
    @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;
    @Autowired private JsonMapper json;

    private JsonNode document;
    private JsonShape shapes;
    private WebTestClient admin;

    @BeforeEach
    void read() {
        admin = big(ApiClient.admin(port));
        document =
                json.readTree(sent(admin, HttpMethod.GET, "/v3/api-docs", null).getResponseBody());
        shapes = new JsonShape(document);
    }

    private static WebTestClient big(WebTestClient client) {
        return client.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(8 << 20))
                .build();
    }

    @Test
    void documentAndRoutesAreTheSame() {
        Set<String> routes = new TreeSet<>(handlers().keySet());
        routes.addAll(WITHOUT_CONTROLLER);
        assertThat(operations().keySet()).isEqualTo(routes);
    }

    @Test
    void parametersAreThoseOfTheHandlers() {
        Map<String, HandlerMethod> handlers = handlers();
        operations()
                .forEach(
                        (route, operation) -> {
                            HandlerMethod handler = handlers.get(route);
                            // read from the query itself: its values may hold commas
                            if (handler != null && !route.equals("POST /api/cameras/import")) {
                                assertThat(documented(operation))
                                        .as(route)
                                        .isEqualTo(declared(handler));
                            }
                        });
    }

    @Test
    void whereTheDocumentDemandsCredentialsNobodyComesInWithout() {
        WebTestClient anonymous = big(ApiClient.anonymous(port));
        operations()
                .forEach(
                        (route, operation) -> {
                            int status = status(anonymous, route);
                            if (operation.path("security").isEmpty()) {
                                assertThat(status).as(route).isIn(200, 204, 400, 415);
                            } else {
                                assertThat(status).as(route).isEqualTo(401);
                            }
                        });
    }

    /** Whatever is asked, the answer is one that the document names, of the shape that it names. */
    @Test
    void everyAnswerIsAsTheDocumentSays() {
        List<String> faults = new ArrayList<>();
        WebTestClient viewer = viewer();
        operations()
                .forEach(
                        (route, operation) -> {
                            if (route.contains("/api/stream") || route.equals("POST /logout")) {
                                return;
                            }
                            for (Asked asked : questions(operation)) {
                                for (WebTestClient who : List.of(admin, viewer)) {
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
                all.add(
                        new Asked(
                                parameter.path("name").stringValue("") + "=%F0%9F%8E%A5",
                                null,
                                null));
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
        JsonNode token = checked(HttpMethod.POST, "/api/tokens", Map.of("name", "contract"), 201);
        checked(HttpMethod.GET, "/api/tokens", null, 200);
        checked(
                HttpMethod.DELETE,
                "/api/tokens/" + token.path("id").stringValue(),
                null,
                204,
                "/api/tokens/{id}");
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
            checked(HttpMethod.GET, path, null, 200);
        }
        checked(
                HttpMethod.GET,
                "/api/templates/OPENED/ko",
                null,
                200,
                "/api/templates/{event}/{language}");
        checked(
                HttpMethod.POST,
                "/api/templates/preview",
                Map.of("event", "OPENED", "language", "en"),
                200);
    }

    /** A camera whose stream is refused: its verdict, issue, notice and all that tells of them. */
    @Test
    void whatAFaultLeavesHasTheShapeThatTheDocumentSays() {
        checked(
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
        checked(HttpMethod.POST, read.replace("{id}", noticeId), null, 200, read);
        String one = "/api/notifications/{id}";
        checked(HttpMethod.GET, one.replace("{id}", noticeId), null, 200, one);
        String issues = "/api/issues/{id}";
        String path = issues.replace("{id}", id);
        checked(
                HttpMethod.POST,
                path + "/comments",
                Map.of("text", "seen"),
                201,
                issues + "/comments");
        checked(HttpMethod.PATCH, path, Map.of("status", "IN_PROGRESS"), 200, issues);
        checked(HttpMethod.GET, path, null, 200, issues);
        for (String part : List.of("status", "checks", "transitions")) {
            String camera = "/api/cameras/{id}/" + part;
            checked(HttpMethod.GET, camera.replace("{id}", "oa-fault"), null, 200, camera);
        }
        checked(
                HttpMethod.POST,
                "/api/cameras/oa-fault/check",
                null,
                200,
                "/api/cameras/{id}/check");
        checked(
                HttpMethod.POST,
                "/api/policies/try",
                Map.of("cameraId", "oa-fault", "kind", "CAMERA"),
                200);
        checked(HttpMethod.GET, "/api/transitions", null, 200);
        checked(HttpMethod.GET, "/api/outages", null, 200);
        checked(HttpMethod.GET, "/api/reports/availability", null, 200);
        checked(
                HttpMethod.GET,
                "/api/reports/hours?camera=oa-fault",
                null,
                200,
                "/api/reports/hours");
        String camera = "/api/cameras/{id}";
        checked(HttpMethod.DELETE, "/api/cameras/oa-fault", null, 204, camera);
    }

    private void crud(String path, String id, Map<String, Object> body) {
        String one = path + (path.equals("/api/users") ? "/{name}" : "/{id}");
        String own = path + "/" + id;
        checked(HttpMethod.POST, path, body, 201);
        checked(HttpMethod.GET, path, null, 200);
        JsonNode read = checked(HttpMethod.GET, own, null, 200, one);
        checked(HttpMethod.PATCH, own, Map.of("enabled", false), 200, one);
        assertThat(read.isObject()).isTrue();
        checked(HttpMethod.PUT, own, body, 200, one);
        checked(HttpMethod.DELETE, own, null, 204, one);
        assertThat(sent(admin, HttpMethod.GET, own, null).getStatus().value()).isEqualTo(404);
    }

    private JsonNode first(String uri, String template) {
        AtomicReference<JsonNode> found = new AtomicReference<>();
        StepVerifier.create(
                        Mono.fromCallable(() -> checked(HttpMethod.GET, uri, null, 200, template))
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

    private JsonNode checked(HttpMethod method, String uri, @Nullable Object body, int status) {
        return checked(method, uri, body, status, uri);
    }

    private JsonNode checked(
            HttpMethod method, String uri, @Nullable Object body, int status, String template) {
        var answer = sent(admin, method, uri, body == null ? null : json.writeValueAsString(body));
        String text = text(answer);
        assertThat(answer.getStatus().value())
                .as(method + " " + uri + ": " + text)
                .isEqualTo(status);
        String route = method + " " + template;
        JsonNode operation = Objects.requireNonNull(operations().get(route), route);
        assertThat(faults(answer, method + " " + template, operation)).isEmpty();
        return text.isEmpty() ? json.createObjectNode() : json.readTree(text);
    }

    private List<String> faults(WebTestClient who, String route, JsonNode operation, Asked asked) {
        String[] parts = route.split(" ");
        String path = parts[1].replaceAll("\\{[a-z]+}", NAMELESS);
        var request =
                who.method(HttpMethod.valueOf(parts[0]))
                        .uri(
                                java.net.URI.create(
                                        "http://localhost:"
                                                + port
                                                + path
                                                + (asked.query() == null
                                                        ? ""
                                                        : "?" + asked.query())));
        if (asked.type() != null && asked.body() != null) {
            request.contentType(MediaType.parseMediaType(asked.type())).bodyValue(asked.body());
        }
        return faults(
                request.exchange().expectBody().returnResult(),
                route + " " + asked.query(),
                operation);
    }

    private List<String> faults(
            EntityExchangeResult<byte[]> answer, String what, JsonNode operation) {
        String status = Integer.toString(answer.getStatus().value());
        String where = what + " " + status + ": ";
        JsonNode declared = operation.path("responses").path(status);
        if (declared.isMissingNode()) {
            return List.of(where + "not in the document: " + text(answer));
        }
        HttpHeaders headers = answer.getResponseHeaders();
        List<String> faults = new ArrayList<>();
        declared.path("headers")
                .forEachEntry(
                        (name, _) -> {
                            if (!headers.containsHeader(name)) {
                                faults.add(where + "without " + name);
                            }
                        });
        String text = text(answer);
        MediaType type = headers.getContentType();
        if (declared.path("content").isMissingNode() || type == null) {
            if (!text.isEmpty()) {
                faults.add(where + "with a body: " + text);
            }
            return faults;
        }
        String name = type.getType() + "/" + type.getSubtype();
        JsonNode content = declared.path("content").path(name);
        if (content.isMissingNode()) {
            faults.add(where + "as " + name);
        } else if (name.endsWith("json")) {
            shapes.faults(content.path("schema"), json.readTree(text))
                    .forEach(fault -> faults.add(where + fault));
        }
        return faults;
    }

    private int status(WebTestClient client, String route) {
        String[] parts = route.split(" ");
        return sent(
                        client,
                        HttpMethod.valueOf(parts[0]),
                        parts[1].replaceAll("\\{[a-z]+}", NAMELESS),
                        null)
                .getStatus()
                .value();
    }

    private static EntityExchangeResult<byte[]> sent(
            WebTestClient client, HttpMethod method, String uri, @Nullable String body) {
        var request = client.method(method).uri(uri);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        try {
            return request.exchange().expectBody().returnResult();
        } catch (IllegalStateException late) {
            throw new AssertionError(method + " " + uri + " does not answer", late);
        }
    }

    private static String text(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBody();
        return body == null ? "" : new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> all = new TreeMap<>();
        document.path("paths")
                .forEachEntry(
                        (path, item) ->
                                item.forEachEntry(
                                        (method, operation) ->
                                                all.put(
                                                        method.toUpperCase(java.util.Locale.ROOT)
                                                                + " "
                                                                + path,
                                                        operation)));
        return all;
    }

    private Map<String, HandlerMethod> handlers() {
        Map<String, HandlerMethod> all = new TreeMap<>();
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach(
                        (mapping, handler) -> {
                            for (var pattern : mapping.getPatternsCondition().getPatterns()) {
                                for (RequestMethod method :
                                        mapping.getMethodsCondition().getMethods()) {
                                    String path = pattern.getPatternString();
                                    if (path.startsWith("/api/") || path.equals("/healthz")) {
                                        all.put(method + " " + path, handler);
                                    }
                                }
                            }
                        });
        return all;
    }

    private static Set<String> declared(HandlerMethod handler) {
        Set<String> names = new TreeSet<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(
                    new org.springframework.core.DefaultParameterNameDiscoverer());
            PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
            if (path != null) {
                names.add("path " + name(path.name(), parameter) + " true");
            } else if (query != null) {
                boolean required =
                        query.required()
                                && query.defaultValue()
                                        .equals(
                                                org.springframework.web.bind.annotation
                                                        .ValueConstants.DEFAULT_NONE);
                names.add("query " + name(query.name(), parameter) + " " + required);
            } else if (header != null) {
                names.add("header " + name(header.name(), parameter) + " " + header.required());
            }
        }
        return names;
    }

    private static String name(String given, MethodParameter parameter) {
        return given.isEmpty() ? String.valueOf(parameter.getParameterName()) : given;
    }

    private static Set<String> documented(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            names.add(
                    parameter.path("in").stringValue("")
                            + " "
                            + parameter.path("name").stringValue("")
                            + " "
                            + parameter.path("required").booleanValue(false));
        }
        return names;
    }

    private WebTestClient viewer() {
        admin.post()
                .uri("/api/users")
                .bodyValue(
                        Map.of(
                                "name", "contract-viewer",
                                "role", "VIEWER",
                                "password", "a long password"))
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(201, 409));
        return big(
                ApiClient.anonymous(port)
                        .mutate()
                        .defaultHeader(
                                HttpHeaders.AUTHORIZATION,
                                ApiClient.basic("contract-viewer", "a long password"))
                        .build());
    }
}
