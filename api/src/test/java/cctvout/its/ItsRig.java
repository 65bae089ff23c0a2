package cctvout.its;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.network.AllowedNetworks;
import cctvout.network.CheckedAddresses;
import cctvout.network.DocumentFetch;
import cctvout.network.HostResolver;
import cctvout.store.Database;

import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A local server that gives the list, and a source that takes it into the registry as it is. */
final class ItsRig implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(60);
    static final String KEY = "very+secret/key==";

    final Map<String, String> listed = new LinkedHashMap<>();

    /** Instead of the list, where it is not empty. */
    final AtomicReference<String> answer = new AtomicReference<>("");

    /** The path that was asked for last. */
    final AtomicReference<String> asked = new AtomicReference<>("");

    /** What fetches changed, in their order. */
    final List<String> changes = new ArrayList<>();

    final CameraRegistry registry;
    final ItsSource source;
    private final Database database;
    private final HostResolver hosts;
    private final JsonMapper json;
    private final DisposableServer server;

    /** Of the application: what a test needs of it. */
    record Application(
            CameraRegistry registry, Database database, HostResolver hosts, JsonMapper json) {}

    ItsRig(Application application) {
        registry = application.registry();
        database = application.database();
        hosts = application.hosts();
        json = application.json();
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

    @Override
    public void close() {
        away();
        forget();
    }

    void away() {
        server.disposeNow(SOON);
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

    /** A fetch that is due now. */
    ItsStatus turn() {
        run("update its_source set next_at = now()");
        return value(source.turn());
    }

    Camera camera(String name) {
        return find(name).getFirst();
    }

    List<Camera> find(String name) {
        return value(Flux.from(registry.find(idOf(name))).collectList());
    }

    private static CameraId idOf(String name) {
        return new ItsCamera(name, 37.1, 127.1, "").id();
    }

    void run(String sql) {
        StepVerifier.create(database.client().sql(sql).fetch().rowsUpdated())
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
    }

    static <T> T value(Mono<T> publisher) {
        AtomicReference<T> value = new AtomicReference<>();
        StepVerifier.create(publisher).consumeNextWith(value::set).expectComplete().verify(SOON);
        return Objects.requireNonNull(value.get());
    }

    ItsSource source(ItsSettings settings) {
        return source(settings, AllowedNetworks.of(List.of("127.0.0.0/8")));
    }

    ItsSource source(ItsSettings settings, AllowedNetworks networks) {
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
                new ItsRecords(database, list.getHost()),
                changes::add);
    }

    static ItsSettings settings(String url) {
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
