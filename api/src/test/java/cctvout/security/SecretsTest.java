package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.CctvOutApplication;
import cctvout.store.Database;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    private static final TellTale receiver = new TellTale();

    @LocalServerPort private int port;
    @Autowired private Database database;
    private KeptAnswers answers;

    @BeforeEach
    void connect() {
        answers = new KeptAnswers(port);
    }

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry properties) {
        broker.afterPropertiesSet();
        properties.add("cctvout.kafka.bootstrap-servers", broker::getBrokersAsString);
        for (String gateway : List.of("sms", "kakao")) {
            String prefix = "cctvout.notification." + gateway;
            properties.add(
                    prefix + ".url",
                    () -> receiver.url("/" + gateway + "?key=kanarie-gateway-url"));
            properties.add(prefix + ".headers.X-Key", () -> "kanarie-gateway-header");
            properties.add(
                    prefix + ".body",
                    () -> "{\"to\":\"{to}\",\"text\":\"{text}\",\"k\":\"kanarie-gateway-body\"}");
        }
        properties.add(
                "cctvout.notification.heartbeat.url", () -> receiver.url("/kanarie-heartbeat"));
    }

    @AfterAll
    static void stop() {
        receiver.close();
        broker.destroy();
    }

    @Test
    void noSecretIsWrittenAnsweredStoredOrPublished(CapturedOutput log) {
        WebTestClient admin = answers.client(ApiClient.basic("admin", ADMIN));
        people(admin);
        parties(admin);
        answers.post(
                admin,
                "/api/cameras",
                """
                {"id":"C-1","name":"사거리","ip":"127.0.0.1","hlsUrl":"http://127.0.0.1:1/live.m3u8",
                 "line":"L-1","vendor":"V-1"}""");
        awaitFailures(admin);
        read(admin);
        Map<String, String> all = new LinkedHashMap<>(answers.all());
        all.put("log", log.getAll());
        all.putAll(new StoredText(database).tables());
        all.put("kafka", StoredText.published(broker.getBrokersAsString()));
        assertThat(all.get("kafka")).contains("FAILED", "V-1");
        assertThat(all.get("log")).as("it is our log").contains("cctvout");
        assertThat(receiver.told())
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
        answers.post(
                admin,
                "/api/users",
                """
                {"name":"kim","role":"OPERATOR","password":"kanarie-user-password"}""");
        answers.post(
                admin,
                "/api/users",
                """
                {"name":"kim","role":"NO_SUCH","password":"kanarie-user-password"}""");
        WebTestClient kim = answers.client(ApiClient.basic("kim", "kanarie-user-password"));
        answers.send(
                "PUT /api/session/password",
                kim.put().uri("/api/session/password"),
                """
                {"current":"kanarie-user-password","password":"kanarie-new-password"}""");
        answers.get(
                answers.client(ApiClient.basic("kim", "kanarie-wrong-password")), "/api/session");
        answers.get(answers.client("Bearer kanarie-wrong-token"), "/api/session");
        answers.get(answers.client(null), "/api/cameras");
    }

    private void parties(WebTestClient admin) {
        String channels =
                """
                [{"type":"webhook","url":"%s","secret":"kanarie-webhook-secret"},
                 {"type":"slack","url":"%s"},{"type":"email","to":"noc@example.com"},
                 {"type":"sms","to":"010-1111-2222"},{"type":"kakao","to":"010-1111-2222"}]"""
                        .formatted(
                                receiver.url("/hook"), receiver.url("/slack/kanarie_slack_path"));
        String vendor =
                """
                {"id":"V-1","name":"제조사","role":"CAMERA_VENDOR","language":"ko","vendors":["V-1"],
                 "lines":[],"districts":[],"enabled":true,"channels":"""
                        + channels
                        + "}";
        answers.post(admin, "/api/recipients", vendor);
        answers.post(admin, "/api/recipients", vendor);
        answers.send("PUT /api/recipients/V-1", admin.put().uri("/api/recipients/V-1"), vendor);
        answers.post(
                admin,
                "/api/recipients",
                """
                {"id":"bad","name":"x","role":"NOBODY","channels":[
                 {"type":"webhook","url":"no url","secret":"kanarie-rejected-secret"},
                 {"type":"slack","url":"kanarie-rejected-secret"}]}""");
        answers.post(
                admin,
                "/api/recipients",
                """
                {"id":"bad","channels":[{"type":"webhook","secret":["kanarie-rejected-secret"]}]}""");
        answers.post(admin, "/api/recipients", "{\"id\":\"bad\", kanarie-rejected-secret");
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
        String body =
                answers.get(admin, "/api/notifications?status=FAILED&recipient=V-1&limit=100");
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
            answers.get(admin, path);
        }
        answers.keep(
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
        assertThat(answers.all().get("stream")).contains("V-1");
    }

    private static String coded(String secret) {
        return Base64.getEncoder()
                .withoutPadding()
                .encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> T value(Mono<T> work) {
        AtomicReference<T> got = new AtomicReference<>();
        StepVerifier.create(work).consumeNextWith(got::set).expectComplete().verify(PATIENCE);
        return Objects.requireNonNull(got.get());
    }
}
