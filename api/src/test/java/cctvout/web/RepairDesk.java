package cctvout.web;

import cctvout.camera.CameraId;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Faults, and who works on them over REST. */
abstract class RepairDesk {

    static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort private int port;
    @Autowired private TransitionLog transitions;
    WebTestClient admin;

    @BeforeEach
    void connect() {
        admin = ApiClient.admin(port);
    }

    String faultOf(String camera, String line) throws Exception {
        admin.post()
                .uri("/api/cameras")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(
                        """
                        {"id":"%s","ip":"127.9.9.9","line":"%s","enabled":false}"""
                                .formatted(camera, line))
                .exchange()
                .expectStatus()
                .isCreated();
        transitions
                .append(
                        List.of(
                                new StatusTransition(
                                        0,
                                        new CameraId(camera),
                                        Verdict.UNKNOWN,
                                        Verdict.LINE_FAULT,
                                        "ICMP_TIMEOUT",
                                        Evidence.NONE,
                                        Instant.now())))
                .toFuture()
                .get(20, TimeUnit.SECONDS);
        return issueOf(camera, _ -> true).path("id").asString();
    }

    void recipient(String id, String line) {
        create(
                "/api/recipients",
                """
                {"id":"%s","role":"LINE_OPERATOR","lines":["%s"],
                "channels":[{"type":"inbox"}]}"""
                        .formatted(id, line));
    }

    void account(String name, String recipient) {
        create(
                "/api/users",
                """
                {"name":"%s","role":"RECIPIENT","recipientId":"%s","password":"a long password"}"""
                        .formatted(name, recipient));
    }

    void create(String path, String body) {
        admin.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isCreated();
    }

    WebTestClient as(String account) {
        return ApiClient.anonymous(port)
                .mutate()
                .defaultHeader(
                        HttpHeaders.AUTHORIZATION, ApiClient.basic(account, "a long password"))
                .build();
    }

    /** Empty where the step names nobody; null where there is none. */
    static @Nullable String escalatedTo(JsonNode issue) {
        return issue.path("timeline")
                .valueStream()
                .filter(entry -> entry.path("step").asString().equals("ESCALATED"))
                .map(entry -> entry.path("text").asString(""))
                .findFirst()
                .orElse(null);
    }

    JsonNode issueOf(String camera, Predicate<JsonNode> wanted) throws Exception {
        return again(() -> get("/api/issues?camera=" + camera))
                .flatMap(page -> Mono.justOrEmpty(page.path("items").valueStream().findFirst()))
                .filter(wanted)
                .next()
                .toFuture()
                .get(60, TimeUnit.SECONDS);
    }

    static Flux<JsonNode> again(Callable<JsonNode> look) {
        return Flux.interval(Duration.ofMillis(100))
                .onBackpressureDrop()
                .concatMap(_ -> Mono.fromCallable(look).subscribeOn(Schedulers.boundedElastic()));
    }

    JsonNode notices(String issue) {
        return get("/api/notifications?issue=" + issue).path("items");
    }

    boolean audited(String method, String path) throws Exception {
        return again(() -> get("/api/audit").path("items"))
                .map(
                        items ->
                                items.valueStream()
                                        .anyMatch(
                                                one ->
                                                        one.path("method").asString().equals(method)
                                                                && one.path("path")
                                                                        .asString()
                                                                        .equals(path)))
                .filter(found -> found)
                .next()
                .toFuture()
                .get(20, TimeUnit.SECONDS);
    }

    JsonNode get(String uri) {
        return get(admin, uri);
    }

    static JsonNode get(WebTestClient who, String uri) {
        return json(who.get().uri(uri).exchange().expectStatus().isOk());
    }

    static JsonNode patch(WebTestClient who, String path, String body, int status) {
        return json(
                who.patch()
                        .uri(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status));
    }

    static JsonNode comment(WebTestClient who, String path, String text, int status) {
        return json(
                who.post()
                        .uri(path + "/comments")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(JSON.createObjectNode().put("text", text).toString())
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status));
    }

    static JsonNode json(WebTestClient.ResponseSpec answer) {
        byte[] body = answer.expectBody().returnResult().getResponseBodyContent();
        return JSON.readTree(Objects.requireNonNull(body));
    }

    static JsonNode last(JsonNode issue) {
        JsonNode timeline = issue.path("timeline");
        return timeline.get(timeline.size() - 1);
    }
}
