package cctvout.its;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.network.AllowedNetworks;
import cctvout.network.CheckedAddresses;
import cctvout.network.DocumentFetch;
import cctvout.network.HostResolver;
import cctvout.store.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The list as a local server gives it, into the registry as it is. */
@WholeApplication
@ExtendWith(OutputCaptureExtension.class)
class ItsSourceTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY = "very+secret/key==";

    @Autowired private CameraRegistry registry;
    @Autowired private Database database;
    @Autowired private HostResolver hosts;
    @Autowired private JsonMapper json;

    private final Map<String, String> listed = new LinkedHashMap<>();
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private DisposableServer server;
    private ItsSource source;

    @BeforeEach
    void start() {
        forget();
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .handle(
                                (request, response) -> {
                                    asked.set(request.uri());
                                    return response.sendString(Mono.fromSupplier(this::list));
                                })
                        .bindNow(SOON);
        source = source(settings("http://127.0.0.1:" + server.port() + "/cctvInfo?type=its"));
        listed.put("동문", "http://127.0.0.1:9/tok-1/east.m3u8");
        listed.put("서문", "http://127.0.0.1:9/tok-1/west.m3u8");
    }

    @AfterEach
    void stop() {
        server.disposeNow(SOON);
        forget();
    }

    private void forget() {
        List<Camera> left = value(registry.all().collectList());
        for (Camera camera : left) {
            if (camera.id().value().startsWith("its-")) {
                value(registry.delete(camera.id(), OptionalLong.empty()));
            }
        }
        run("delete from its_camera");
        run("update its_source set failure = null, failed_since = null, succeeded_at = null");
    }

    @Test
    void theListBecomesCamerasAndTheSameListChangesNothing() {
        ItsStatus first = turn();
        assertThat(first.failure()).isNull();
        assertThat(first.created()).isEqualTo(2);
        assertThat(asked.get()).isEqualTo("/cctvInfo?type=its&apiKey=very%2Bsecret%2Fkey%3D%3D");
        Camera east = camera("동문");
        assertThat(east.hlsUrl()).isEqualTo("http://127.0.0.1:9/tok-1/east.m3u8");
        assertThat(east.latitude()).isEqualTo(37.1);
        assertThat(east.longitude()).isEqualTo(127.1);
        assertThat(east.district()).isEqualTo("국도");

        ItsStatus second = turn();
        assertThat(List.of(second.listed(), second.created(), second.updated()))
                .containsExactly(2, 0, 0);
        assertThat(camera("동문").version()).isEqualTo(east.version());
    }

    @Test
    void aChangedUrlIsWrittenAndWhatPeopleChangedStays() {
        turn();
        Camera east = camera("동문");
        Camera moved =
                new Camera(
                        east.id(),
                        "동문 앞",
                        null,
                        37.2,
                        127.2,
                        "127.0.0.9",
                        east.hlsUrl(),
                        "L-17",
                        null,
                        "북구",
                        "한빛",
                        null,
                        true,
                        Duration.ofMinutes(1),
                        east.probes(),
                        0);
        value(registry.update(moved, OptionalLong.empty()));
        listed.replaceAll((_, url) -> url.replace("tok-1", "tok-2"));

        ItsStatus status = turn();

        assertThat(status.updated()).isEqualTo(2);
        assertThat(status.missing()).isZero();
        Camera now = camera("동문");
        assertThat(now.hlsUrl()).isEqualTo("http://127.0.0.1:9/tok-2/east.m3u8");
        assertThat(now.line()).isEqualTo("L-17");
        assertThat(now.name()).isEqualTo("동문 앞");
        assertThat(now.latitude()).isEqualTo(37.2);
        assertThat(now.ip()).isEqualTo("127.0.0.9");
    }

    @Test
    void whatIsMissingIsShownThenPausedAndGoesOnWhenItIsBack() {
        turn();
        String url = Objects.requireNonNull(listed.remove("동문"));

        assertThat(turn().missing()).isEqualTo(1);
        assertThat(camera("동문").enabled()).isTrue();
        ItsStatus gone = turn();
        assertThat(gone.missing()).isEqualTo(1);
        assertThat(gone.paused()).isEqualTo(1);
        assertThat(camera("동문").enabled()).isFalse();
        assertThat(camera("서문").enabled()).isTrue();

        listed.put("동문", url);
        ItsStatus back = turn();
        assertThat(back.paused()).isZero();
        assertThat(back.missing()).isZero();
        assertThat(camera("동문").enabled()).isTrue();
    }

    @Test
    void whoPausedItByHandOrRemovedItHasTheLastWord() {
        turn();
        Camera east = camera("동문");
        Camera paused =
                new Camera(
                        east.id(),
                        east.name(),
                        null,
                        east.latitude(),
                        east.longitude(),
                        null,
                        east.hlsUrl(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        east.probes(),
                        0);
        value(registry.update(paused, OptionalLong.empty()));
        value(registry.delete(camera("서문").id(), OptionalLong.empty()));
        listed.replaceAll((_, url) -> url.replace("tok-1", "tok-3"));

        turn();

        assertThat(camera("동문").enabled()).isFalse();
        assertThat(camera("동문").hlsUrl()).contains("tok-3");
        assertThat(find("서문")).isEmpty();
    }

    @Test
    void aFailedFetchChangesNothingAndIsShownUntilOneSucceeds() {
        turn();
        for (String bad :
                List.of(
                        "<html>busy</html>",
                        "{\"response\":{\"data\":[]}}",
                        "{\"resultMsg\":\"no such key " + KEY + "\"}",
                        "{\"response\":{\"data\":[" + " ".repeat(70_000) + "]}}")) {
            answer.set(bad);
            ItsStatus status = turn();
            assertThat(status.failure()).isNotNull().doesNotContain(KEY);
            assertThat(status.failedSince()).isNotNull();
            assertThat(status.missing()).isZero();
            assertThat(status.nextAt()).isBefore(Instant.now().plusSeconds(30));
        }
        assertThat(turn().failure()).contains("cctvout.its.max-bytes");
        answer.set("");
        assertThat(turn().failure()).isNull();
        assertThat(camera("동문").enabled()).isTrue();
    }

    @Test
    void oneProcessAtATimeFetchesIt() {
        run("update its_source set next_at = now()");
        value(source.turn());
        asked.set("");
        value(source.turn());
        assertThat(asked.get()).isEmpty();
    }

    @Test
    void streamsInForbiddenNetworksAreNotTaken() {
        listed.put("안", "http://169.254.169.254/latest/x.m3u8");
        listed.put("밖", "file:///etc/passwd");
        listed.put("수", "http://2130706433/x.m3u8");

        ItsStatus status = turn();

        assertThat(status.created()).isEqualTo(2);
        assertThat(status.skipped()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::1]"
            })
    void theListItselfIsNotFetchedFromAForbiddenAddress(String host) throws IOException {
        try (ServerSocketChannel sentinel = ServerSocketChannel.open()) {
            sentinel.bind(new InetSocketAddress(0), 10);
            sentinel.configureBlocking(false);
            int port = sentinel.socket().getLocalPort();
            ItsSettings settings = settings("http://" + host + ":" + port + "/cctvInfo");
            run("update its_source set next_at = now()");

            ItsStatus status = value(source(settings, AllowedNetworks.standard()).turn());

            assertThat(status.failure()).contains("cctvout.probe.allowed-networks");
            try (SocketChannel somebody = sentinel.accept()) {
                assertThat(somebody).isNull();
            }
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (ServerSocketChannel sentinel = ServerSocketChannel.open()) {
            sentinel.bind(new InetSocketAddress("127.0.0.1", 0), 10);
            sentinel.configureBlocking(false);
            String there = "http://127.0.0.1:" + sentinel.socket().getLocalPort() + "/";
            DisposableServer elsewhere =
                    HttpServer.create()
                            .host("127.0.0.1")
                            .port(0)
                            .handle((_, response) -> response.sendRedirect(there))
                            .bindNow(SOON);
            run("update its_source set next_at = now()");

            ItsStatus status =
                    value(source(settings("http://127.0.0.1:" + elsewhere.port() + "/")).turn());

            assertThat(status.failure()).isEqualTo("answered HTTP 302");
            try (SocketChannel somebody = sentinel.accept()) {
                assertThat(somebody).isNull();
            }
            elsewhere.disposeNow(SOON);
        }
    }

    @Test
    void theKeyIsInNoLog(CapturedOutput output) {
        turn();
        answer.set("{\"resultMsg\":\"bad key " + KEY + "\"}");
        turn();
        server.disposeNow(SOON);
        assertThat(turn().failure()).isEqualTo("connection refused");
        assertThat(output.getAll())
                .contains("was not taken")
                .doesNotContain(KEY)
                .doesNotContain("very%2B");
        assertThat(settings("http://127.0.0.1/?apiKey=" + KEY).toString()).doesNotContain("secret");
    }

    private String list() {
        String other = answer.get();
        return !other.isEmpty()
                ? other
                : listed.entrySet().stream()
                        .map(
                                one ->
                                        """
                                        {"cctvname":"%s","cctvurl":"%s","coordx":127.1,\
                                        "coordy":"37.1","cctvformat":"HLS","cctvtype":1}"""
                                                .formatted(one.getKey(), one.getValue()))
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "{\"response\":{\"coordtype\":1,\"data\":[",
                                        "],\"datacount\":" + listed.size() + "}}"));
    }

    private ItsStatus turn() {
        run("update its_source set next_at = now()");
        return value(source.turn());
    }

    private Camera camera(String name) {
        return find(name).getFirst();
    }

    private List<Camera> find(String name) {
        return value(Flux.from(registry.find(idOf(name))).collectList());
    }

    private static CameraId idOf(String name) {
        return new ItsCamera(name, 37.1, 127.1, "").id();
    }

    private void run(String sql) {
        StepVerifier.create(database.client().sql(sql).fetch().rowsUpdated())
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
    }

    private static <T> T value(Mono<T> publisher) {
        AtomicReference<T> value = new AtomicReference<>();
        StepVerifier.create(publisher).consumeNextWith(value::set).expectComplete().verify(SOON);
        return Objects.requireNonNull(value.get());
    }

    private ItsSource source(ItsSettings settings) {
        return source(settings, AllowedNetworks.of(List.of("127.0.0.0/8")));
    }

    private ItsSource source(ItsSettings settings, AllowedNetworks networks) {
        URI list = Objects.requireNonNull(settings.url());
        var fetch =
                new DocumentFetch(
                        new CheckedAddresses(hosts, networks, "cctvout.probe.allowed-networks"),
                        new DocumentFetch.Limits(
                                settings.deadline(),
                                (int) settings.maxBytes().toBytes(),
                                "cctvout.its.deadline",
                                "cctvout.its.max-bytes"));
        return new ItsSource(
                settings,
                list,
                fetch,
                json,
                registry,
                new CameraCheck(networks),
                new ItsRecords(database, list.getHost()));
    }

    private static ItsSettings settings(String url) {
        return new ItsSettings(
                URI.create(url),
                KEY,
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                DataSize.ofKilobytes(64),
                1000,
                2,
                null,
                null,
                "국도",
                null);
    }
}
