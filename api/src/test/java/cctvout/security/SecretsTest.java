package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.CctvOutApplication;
import cctvout.kafka.Downstream;
import cctvout.store.Database;
import cctvout.web.ApiClient;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Secrets that cannot be mistaken for anything else, put wherever there is one; then all that the
 * application wrote, answered, stored and published is searched for them.
 */
@SpringBootTest(
        classes = CctvOutApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "cctvout.data-dir=target/secrets-${random.uuid}",
            "cctvout.security.admin-password=" + SecretsTest.ADMIN,
            "cctvout.probe.allowed-networks=127.0.0.0/8",
            "cctvout.probe.interval=1s",
            "cctvout.probe.confirm=100ms,200ms",
            "cctvout.notification.allowed-networks=127.0.0.0/8",
            "cctvout.notification.deadline=2s",
            "cctvout.notification.retry.quick-tries=2",
            "cctvout.notification.retry.quick-from=50ms",
            "cctvout.notification.retry.quick-to=100ms",
            "cctvout.notification.retry.slow-from=300ms",
            "cctvout.notification.retry.slow-to=500ms",
            "cctvout.notification.email.host=127.0.0.1",
            "cctvout.notification.email.port=1",
            "cctvout.notification.email.tls=none",
            "cctvout.notification.email.from=cctv@example.com",
            "cctvout.notification.email.username=kanarie-mail-user",
            "cctvout.notification.email.password=kanarie-mail-password",
            "cctvout.notification.heartbeat.interval=1s",
            "logging.level.cctvout=debug"
        })
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

    static final String ADMIN = "kanarie-admin-password";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** All that must be nowhere. */
    private static final List<String> SECRETS =
            List.of(
                    ADMIN,
                    "kanarie-mail-user",
                    "kanarie-mail-password",
                    "kanarie-gateway-url",
                    "kanarie-gateway-header",
                    "kanarie-gateway-body",
                    "kanarie-heartbeat",
                    "kanarie-webhook-secret",
                    "kanarie_slack_path",
                    "kanarie-user-password",
                    "kanarie-new-password",
                    "kanarie-wrong-password",
                    "kanarie-wrong-token",
                    "kanarie-rejected-secret");

    private static final ConcurrentLinkedQueue<String> outside = new ConcurrentLinkedQueue<>();
    private static final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    private static final HttpServer receiver = receiver();

    @LocalServerPort private int port;
    @Autowired private Database database;

    private final Map<String, String> answers = new LinkedHashMap<>();

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry properties) {
        broker.afterPropertiesSet();
        receiver.createContext("/", SecretsTest::echo);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.start();
        properties.add("cctvout.kafka.bootstrap-servers", broker::getBrokersAsString);
        for (String gateway : List.of("sms", "kakao")) {
            String prefix = "cctvout.notification." + gateway;
            properties.add(prefix + ".url", () -> url("/" + gateway + "?key=kanarie-gateway-url"));
            properties.add(prefix + ".headers.X-Key", () -> "kanarie-gateway-header");
            properties.add(
                    prefix + ".body",
                    () -> "{\"to\":\"{to}\",\"text\":\"{text}\",\"k\":\"kanarie-gateway-body\"}");
        }
        properties.add("cctvout.notification.heartbeat.url", () -> url("/kanarie-heartbeat"));
    }

    private static HttpServer receiver() {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @AfterAll
    static void stop() {
        receiver.stop(0);
        broker.destroy();
    }

    /** Refuses everything, and says all that it was told: what is kept of its words is a leak. */
    private static void echo(HttpExchange exchange) throws IOException {
        String told =
                exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().entrySet()
                        + " "
                        + new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        outside.add(told);
        boolean slack = exchange.getRequestURI().getPath().contains("slack");
        byte[] answer = (slack ? "kanarie_slack_path" : told).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(500, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    @Test
    void noSecretIsWrittenAnsweredStoredOrPublished(CapturedOutput log) {
        WebTestClient admin = client(ApiClient.basic("admin", ADMIN));
        people(admin);
        parties(admin);
        post(
                admin,
                "/api/cameras",
                """
                {"id":"C-1","name":"사거리","ip":"127.0.0.1","hlsUrl":"http://127.0.0.1:1/live.m3u8",
                 "line":"L-1","vendor":"V-1"}""");
        awaitFailures(admin);
        read(admin);
        Map<String, String> all = new LinkedHashMap<>(answers);
        all.put("log", log.getAll());
        all.putAll(tables());
        all.put("kafka", published());
        assertThat(all.get("kafka")).contains("FAILED", "V-1");
        assertThat(all.get("log")).as("it is our log").contains("cctvout");
        assertThat(String.join("\n", outside))
                .as("the secrets were in use")
                .contains(
                        "kanarie-gateway-url",
                        "kanarie-gateway-header",
                        "kanarie-gateway-body",
                        "kanarie-heartbeat",
                        "kanarie_slack_path");
        all.forEach(
                (where, text) -> {
                    for (String secret : SECRETS) {
                        assertThat(text.contains(secret)).as("%s in %s", secret, where).isFalse();
                        String coded = coded(secret);
                        assertThat(text.contains(coded)).as("%s in %s", coded, where).isFalse();
                    }
                });
    }

    /** Users, a token that is shown once, and those who try what is wrong. */
    private void people(WebTestClient admin) {
        post(
                admin,
                "/api/users",
                """
                {"name":"kim","role":"OPERATOR","password":"kanarie-user-password"}""");
        post(
                admin,
                "/api/users",
                """
                {"name":"kim","role":"NO_SUCH","password":"kanarie-user-password"}""");
        WebTestClient kim = client(ApiClient.basic("kim", "kanarie-user-password"));
        send(
                "PUT /api/session/password",
                kim.put().uri("/api/session/password"),
                """
                {"current":"kanarie-user-password","password":"kanarie-new-password"}""");
        get(client(ApiClient.basic("kim", "kanarie-wrong-password")), "/api/session");
        get(client("Bearer kanarie-wrong-token"), "/api/session");
        get(client(null), "/api/cameras");
    }

    private void parties(WebTestClient admin) {
        String channels =
                """
                [{"type":"webhook","url":"%s","secret":"kanarie-webhook-secret"},
                 {"type":"slack","url":"%s"},{"type":"email","to":"noc@example.com"},
                 {"type":"sms","to":"010-1111-2222"},{"type":"kakao","to":"010-1111-2222"}]"""
                        .formatted(url("/hook"), url("/slack/kanarie_slack_path"));
        String vendor =
                """
                {"id":"V-1","name":"제조사","role":"CAMERA_VENDOR","language":"ko","vendors":["V-1"],
                 "lines":[],"districts":[],"enabled":true,"channels":"""
                        + channels
                        + "}";
        post(admin, "/api/recipients", vendor);
        post(admin, "/api/recipients", vendor);
        send("PUT /api/recipients/V-1", admin.put().uri("/api/recipients/V-1"), vendor);
        post(
                admin,
                "/api/recipients",
                """
                {"id":"bad","name":"x","role":"NOBODY","channels":[
                 {"type":"webhook","url":"no url","secret":"kanarie-rejected-secret"},
                 {"type":"slack","url":"kanarie-rejected-secret"}]}""");
        post(
                admin,
                "/api/recipients",
                """
                {"id":"bad","channels":[{"type":"webhook","secret":["kanarie-rejected-secret"]}]}""");
        post(admin, "/api/recipients", "{\"id\":\"bad\", kanarie-rejected-secret");
    }

    private void awaitFailures(WebTestClient admin) {
        StepVerifier.create(
                        Flux.interval(Duration.ofMillis(200), Schedulers.boundedElastic())
                                .onBackpressureDrop()
                                .map(_ -> failedLines(admin))
                                .filter(count -> count >= 5)
                                .next())
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    private long failedLines(WebTestClient admin) {
        String body = get(admin, "/api/notifications?status=FAILED&recipient=V-1&limit=100");
        return body.split("\"status\":\"FAILED\"", -1).length - 1L;
    }

    private void read(WebTestClient admin) {
        for (String path :
                List.of(
                        "/api/recipients",
                        "/api/recipients/V-1",
                        "/api/users",
                        "/api/users/kim",
                        "/api/tokens",
                        "/api/audit?limit=100",
                        "/api/notifications?limit=100",
                        "/api/issues",
                        "/api/inbox",
                        "/api/status",
                        "/api/session",
                        "/api/dashboard",
                        "/api/transitions",
                        "/healthz",
                        "/actuator/health",
                        "/actuator/prometheus",
                        "/v3/api-docs",
                        "/api/no-such")) {
            get(admin, path);
        }
        answers.put(
                "stream",
                value(
                        admin.get()
                                .uri("/api/stream?after=0")
                                .accept(MediaType.TEXT_EVENT_STREAM)
                                .exchange()
                                .returnResult(String.class)
                                .getResponseBody()
                                .take(Duration.ofSeconds(3))
                                .collectList()
                                .map(lines -> String.join("\n", lines))));
        assertThat(answers.get("stream")).contains("V-1");
    }

    /**
     * Every row of every table, but the one column that has to hold what webhooks are signed with.
     */
    private Map<String, String> tables() {
        List<String> names =
                value(
                        database.client()
                                .sql(
                                        "select table_name from information_schema.tables where"
                                                + " table_schema = 'public' and table_type = 'BASE"
                                                + " TABLE'")
                                .map(row -> text(row.get("table_name", String.class)))
                                .all()
                                .collectList());
        assertThat(names).contains("notification", "audit_entry", "event_log", "recipient");
        Map<String, String> rows = new LinkedHashMap<>();
        for (String name : names) {
            String shown = name.equals("recipient") ? "to_jsonb(t) - 'channels'" : "to_jsonb(t)";
            rows.put(
                    "table " + name,
                    value(
                            database.client()
                                    .sql("select " + shown + "::text as r from \"" + name + "\" t")
                                    .map(row -> text(row.get("r", String.class)))
                                    .all()
                                    .collectList()
                                    .map(all -> String.join("\n", all))));
        }
        return rows;
    }

    private static String published() {
        try (Downstream downstream = Downstream.fromTheBeginning(broker.getBrokersAsString())) {
            List<ConsumerRecord<String, String>> all =
                    downstream.await(
                            "failed notices",
                            records ->
                                    records.stream()
                                            .anyMatch(one -> one.value().contains("FAILED")));
            List<String> texts = new ArrayList<>();
            for (ConsumerRecord<String, String> one : all) {
                StringBuilder headers = new StringBuilder();
                one.headers()
                        .forEach(
                                header ->
                                        headers.append(
                                                new String(
                                                        header.value(), StandardCharsets.UTF_8)));
                texts.add(one.key() + " " + one.value() + " " + headers);
            }
            return String.join("\n", texts);
        }
    }

    private WebTestClient client(@org.jspecify.annotations.Nullable String authorization) {
        WebTestClient plain = ApiClient.anonymous(port);
        return authorization == null
                ? plain
                : plain.mutate().defaultHeader(HttpHeaders.AUTHORIZATION, authorization).build();
    }

    private String get(WebTestClient client, String path) {
        String body = body(client.get().uri(path).exchange());
        answers.merge("GET " + path, body, (all, more) -> all + "\n" + more);
        return body;
    }

    private void post(WebTestClient client, String path, String json) {
        send("POST " + path, client.post().uri(path), json);
    }

    private void send(String what, WebTestClient.RequestBodySpec request, String json) {
        String body =
                body(request.contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange());
        answers.merge(what, body, (all, more) -> all + "\n" + more);
    }

    private static String body(WebTestClient.ResponseSpec response) {
        var result = response.expectBody(String.class).returnResult();
        return result.getStatus()
                + " "
                + result.getResponseHeaders()
                + " "
                + Objects.requireNonNullElse(result.getResponseBody(), "");
    }

    private static String coded(String secret) {
        return Base64.getEncoder()
                .withoutPadding()
                .encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private static <T> T value(Mono<T> work) {
        AtomicReference<T> got = new AtomicReference<>();
        StepVerifier.create(work).consumeNextWith(got::set).expectComplete().verify(PATIENCE);
        return Objects.requireNonNull(got.get());
    }
}
