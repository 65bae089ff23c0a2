package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.camera.CameraId;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

@WholeApplication
class RepairDeskTest {

    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort private int port;
    @Autowired private TransitionLog transitions;
    private WebTestClient admin;

    @BeforeEach
    void connect() {
        admin = ApiClient.admin(port);
    }

    @Test
    void everyStepLeavesItsTraceAndAnOldViewIsRefused() throws Exception {
        String issue = faultOf("desk-1", "desk-line-1");
        String path = "/api/issues/" + issue;
        String tag =
                admin.get()
                        .uri(path)
                        .exchange()
                        .returnResult(Void.class)
                        .getResponseHeaders()
                        .getETag();
        JsonNode taken =
                patch(admin, path, "{\"status\":\"IN_PROGRESS\",\"assignee\":\"김기사\"}", 200);
        assertThat(taken.path("acknowledgedAt").isString()).isTrue();
        JsonNode handed = patch(admin, path, "{\"assignee\":\"이기사\"}", 200);
        JsonNode last = last(handed);
        assertThat(last.path("step").asString()).isEqualTo("ASSIGNED");
        assertThat(last.path("was").asString()).isEqualTo("김기사");
        assertThat(last.path("text").asString()).isEqualTo("이기사");
        assertThat(last.path("who").asString()).isEqualTo("admin");

        admin.patch()
                .uri(path)
                .header(HttpHeaders.IF_MATCH, Objects.requireNonNull(tag))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"details\":\"late\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        assertThat(patch(admin, path, "{\"status\":\"OPEN\"}", 409).path("detail").asString())
                .contains("IN_PROGRESS and cannot become OPEN", "one of [RESOLVED, CANCELLED]");

        JsonNode said = comment(admin, path, "케이블을 갈아야 합니다", 201);
        assertThat(last(said).path("text").asString()).isEqualTo("케이블을 갈아야 합니다");
        assertThat(comment(admin, path, " ", 400).path("errors").path(0).path("field").asString())
                .isEqualTo("text");
        assertThat(comment(admin, path, "x".repeat(2001), 400).path("detail").asString())
                .contains("text", "2000 characters");
        comment(admin, "/api/issues/unknown", "x", 404);
        assertThat(audited("POST", path + "/comments")).isTrue();
    }

    @Test
    void cancelledIsTakenBackFromAllWhoWereToldOnceEach() throws Exception {
        recipient("desk-party-2", "desk-line-2");
        String issue = faultOf("desk-2", "desk-line-2");
        JsonNode before = notices(issue);
        assertThat(before.size()).isEqualTo(1);
        patch(admin, "/api/issues/" + issue, "{\"status\":\"CANCELLED\"}", 200);
        List<String> over =
                notices(issue)
                        .valueStream()
                        .filter(one -> one.path("event").asString().equals("RECOVERED"))
                        .map(one -> one.path("recipientId").asString())
                        .toList();
        assertThat(over).containsOnlyOnce("desk-party-2").doesNotHaveDuplicates();
        patch(admin, "/api/issues/" + issue, "{\"status\":\"RESOLVED\"}", 409);
    }

    @Test
    void aRecipientsAccountWorksOnItsOwnIssuesAlone() throws Exception {
        recipient("desk-party-3", "desk-line-3");
        String own = "/api/issues/" + faultOf("desk-3", "desk-line-3");
        String others = "/api/issues/" + faultOf("desk-4", "desk-line-4");
        account("desk-lineman", "desk-party-3");
        WebTestClient lineman = as("desk-lineman");
        JsonNode inbox = get(lineman, "/api/inbox?limit=1");
        assertThat(inbox.path("unread").asInt()).isEqualTo(1);
        String notice = inbox.path("items").path(0).path("id").asString();
        json(lineman.post().uri("/api/inbox/" + notice + "/read").exchange().expectStatus().isOk());
        assertThat(get(lineman, "/api/inbox").path("unread").asInt()).isZero();
        assertThat(get(lineman, "/api/inbox?unread=true").path("items")).isEmpty();
        assertThat(last(comment(lineman, own, "갑니다", 201)).path("who").asString())
                .isEqualTo("desk-lineman");
        patch(lineman, own, "{\"assigne\":\"kim\"}", 400);
        patch(lineman, own, "{\"status\":\"IN_PROGRESS\"}", 200);
        ObjectNode whole = (ObjectNode) get(lineman, own);
        JsonNode sentBack = patch(lineman, own, whole.put("assignee", "kim").toString(), 200);
        assertThat(sentBack.path("assignee").asString()).isEqualTo("kim");
        assertThat(sentBack.path("timeline")).hasSize(whole.path("timeline").size() + 1);
        patch(lineman, own, "{\"status\":\"CANCELLED\"}", 403);
        JsonNode done = patch(lineman, own, "{\"status\":\"RESOLVED\"}", 200);
        assertThat(done.path("verification").path("until").isString()).isTrue();
        comment(lineman, others, "x", 403);
        patch(lineman, others, "{\"status\":\"RESOLVED\"}", 403);
    }

    @Test
    void aPartyReadsOfItselfAloneWhoWasToldAgain() throws Exception {
        recipient("desk-party-6", "desk-line-6");
        recipient("desk-chief-6", "desk-line-none");
        account("desk-party-6", "desk-party-6");
        account("desk-chief-6", "desk-chief-6");
        create(
                "/api/cameras",
                "{\"id\":\"desk-6a\",\"ip\":\"127.9.9.9\",\"line\":\"desk-line-6\",\"enabled\":false}");
        create(
                "/api/policies",
                """
                {"id":"desk-6","match":{"lines":["desk-line-6"]},
                "escalations":[{"after":"1s","tell":{"recipients":["desk-chief-6"]}}]}""");
        String path = "/api/issues/" + faultOf("desk-6", "desk-line-6");
        again(() -> get(path))
                .filter(issue -> "desk-chief-6".equals(escalatedTo(issue)))
                .next()
                .toFuture()
                .get(60, TimeUnit.SECONDS);
        admin.delete().uri("/api/policies/desk-6").exchange().expectStatus().isNoContent();
        assertThat(escalatedTo(comment(admin, path, "by the desk", 201))).isEqualTo("desk-chief-6");
        WebTestClient party = as("desk-party-6");
        for (JsonNode seen :
                List.of(
                        get(party, path),
                        comment(party, path, "갑니다", 201),
                        patch(party, path, "{\"status\":\"IN_PROGRESS\"}", 200))) {
            assertThat(escalatedTo(seen)).isEmpty();
            assertThat(seen.toString()).doesNotContain("desk-chief-6");
        }
        assertThat(escalatedTo(get(as("desk-chief-6"), path))).isEqualTo("desk-chief-6");
    }

    @Test
    void aVisitInAnotherAgeIsRefused() throws Exception {
        String path = "/api/issues/" + faultOf("desk-7", "desk-line-7");
        for (String year : List.of("1999", "2999")) {
            JsonNode refused =
                    patch(
                            admin,
                            path,
                            "{\"plannedVisitAt\":\"%s-11-22T10:00:00Z\"}".formatted(year),
                            400);
            assertThat(refused.at("/errors/0/field").asString()).isEqualTo("plannedVisitAt");
            assertThat(refused.path("detail").asString()).contains("180 days ago", "5 years ahead");
        }
        patch(admin, path, "{\"plannedVisitAt\":\"%s\"}".formatted(Instant.now()), 200);
    }

    @Test
    void whatIsResolvedByHandAndStillBadIsOpenAgainAfterAProbe() throws Exception {
        admin.post()
                .uri("/api/cameras")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"id\":\"desk-5\",\"hlsUrl\":\"http://127.0.0.1:1/live.m3u8\"}")
                .exchange()
                .expectStatus()
                .isCreated();
        String path = "/api/issues/" + issueOf("desk-5", _ -> true).path("id").asString();
        patch(admin, path, "{\"status\":\"RESOLVED\"}", 200);
        JsonNode again = issueOf("desk-5", issue -> issue.path("status").asString().equals("OPEN"));
        assertThat(last(again).path("step").asString()).isEqualTo("REOPENED");
        assertThat(again.path("verification").isNull()).isTrue();
        admin.delete().uri("/api/cameras/desk-5").exchange().expectStatus().isNoContent();
    }

    private String faultOf(String camera, String line) throws Exception {
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

    private void recipient(String id, String line) {
        create(
                "/api/recipients",
                """
                {"id":"%s","role":"LINE_OPERATOR","lines":["%s"],
                "channels":[{"type":"inbox"}]}"""
                        .formatted(id, line));
    }

    private void account(String name, String recipient) {
        create(
                "/api/users",
                """
                {"name":"%s","role":"RECIPIENT","recipientId":"%s","password":"a long password"}"""
                        .formatted(name, recipient));
    }

    private void create(String path, String body) {
        admin.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private WebTestClient as(String account) {
        return ApiClient.anonymous(port)
                .mutate()
                .defaultHeader(
                        HttpHeaders.AUTHORIZATION, ApiClient.basic(account, "a long password"))
                .build();
    }

    /** Empty where the step names nobody; null where there is none. */
    private static @Nullable String escalatedTo(JsonNode issue) {
        return issue.path("timeline")
                .valueStream()
                .filter(entry -> entry.path("step").asString().equals("ESCALATED"))
                .map(entry -> entry.path("text").asString(""))
                .findFirst()
                .orElse(null);
    }

    private JsonNode issueOf(String camera, Predicate<JsonNode> wanted) throws Exception {
        return again(() -> get("/api/issues?camera=" + camera))
                .flatMap(page -> Mono.justOrEmpty(page.path("items").valueStream().findFirst()))
                .filter(wanted)
                .next()
                .toFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private static Flux<JsonNode> again(Callable<JsonNode> look) {
        return Flux.interval(Duration.ofMillis(100))
                .onBackpressureDrop()
                .concatMap(_ -> Mono.fromCallable(look).subscribeOn(Schedulers.boundedElastic()));
    }

    private JsonNode notices(String issue) {
        return get("/api/notifications?issue=" + issue).path("items");
    }

    private boolean audited(String method, String path) throws Exception {
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

    private JsonNode get(String uri) {
        return get(admin, uri);
    }

    private static JsonNode get(WebTestClient who, String uri) {
        return json(who.get().uri(uri).exchange().expectStatus().isOk());
    }

    private static JsonNode patch(WebTestClient who, String path, String body, int status) {
        return json(
                who.patch()
                        .uri(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status));
    }

    private static JsonNode comment(WebTestClient who, String path, String text, int status) {
        return json(
                who.post()
                        .uri(path + "/comments")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(JSON.createObjectNode().put("text", text).toString())
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status));
    }

    private static JsonNode json(WebTestClient.ResponseSpec answer) {
        byte[] body = answer.expectBody().returnResult().getResponseBodyContent();
        return JSON.readTree(Objects.requireNonNull(body));
    }

    private static JsonNode last(JsonNode issue) {
        JsonNode timeline = issue.path("timeline");
        return timeline.get(timeline.size() - 1);
    }
}
