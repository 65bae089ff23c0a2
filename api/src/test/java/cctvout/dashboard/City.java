package cctvout.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.CctvOutApplication;
import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog;
import cctvout.status.Verdict;
import cctvout.store.EmbeddedDatabase;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The real application on a database of its own; what the engine would find, the test says. */
final class City implements AutoCloseable {

    static final String PASSWORD = "a-long-test-password";

    private final ConfigurableApplicationContext context;
    private final AutoCloseable database;
    private final CameraRegistry cameras;
    private final TransitionLog transitions;
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    private City(ConfigurableApplicationContext context, AutoCloseable database) {
        this.context = context;
        this.database = database;
        this.cameras = context.getBean(CameraRegistry.class);
        this.transitions = context.getBean(TransitionLog.class);
    }

    /** The demo's city, simulated and watched. */
    static City demo(Path data) throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return run(
                () -> {},
                "--spring.profiles.active=demo",
                "--cctvout.demo.port=" + port,
                data(data));
    }

    static City start(Path data) {
        // a server of its own would cost each class its start
        EmbeddedDatabase database = EmbeddedDatabase.createFresh();
        // nobody probes here, and nobody is to be told of it
        return run(
                database,
                "--spring.r2dbc.url=" + database.r2dbcUrl(),
                "--spring.r2dbc.username=" + database.username(),
                "--spring.r2dbc.password=" + database.password(),
                "--cctvout.roles=api,alerting",
                "--cctvout.watchdog.gone=24h",
                "--cctvout.probe.allowed-networks=private,127.0.0.0/8",
                "--cctvout.notification.allowed-networks=private,127.0.0.0/8",
                data(data));
    }

    private static String data(Path data) {
        return "--cctvout.data-dir=" + data;
    }

    private static City run(AutoCloseable database, String... arguments) {
        // reads a file the first time: here, where it may, not on an event loop that is watched
        var _ = ZoneRulesProvider.getAvailableZoneIds();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server.port=0");
        all.add("--cctvout.security.admin-password=" + PASSWORD);
        var application = new SpringApplicationBuilder(CctvOutApplication.class);
        return new City(application.run(all.toArray(String[]::new)), database);
    }

    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    void camera(String id, String name, String line, String district, String vendor)
            throws Exception {
        camera(id, name, line, district, vendor, 36.35, 127.38);
    }

    void camera(
            String id,
            String name,
            String line,
            String district,
            String vendor,
            @Nullable Double latitude,
            @Nullable Double longitude)
            throws Exception {
        var camera =
                new Camera(
                        new CameraId(id),
                        name,
                        "대전광역시 " + district,
                        latitude,
                        longitude,
                        "10.1.2.3",
                        "http://10.1.2.3/live/" + id + "/playlist.m3u8",
                        line,
                        null,
                        district,
                        vendor,
                        null,
                        true,
                        null,
                        Camera.Probes.BOTH,
                        0);
        done(cameras.create(camera));
    }

    /** As exact as the engine tells it. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Confirms a change of verdict, as the engine does. */
    void confirm(String id, Verdict to, String reason, Instant at) throws Exception {
        Verdict from = verdicts.getOrDefault(id, Verdict.UNKNOWN);
        verdicts.put(id, to);
        var transition =
                new StatusTransition(
                        0, new CameraId(id), from, to, reason, evidence(to, reason, at), at);
        done(transitions.append(List.of(transition)));
    }

    /** Confirms the same of many at once. */
    void confirm(List<String> ids, Verdict to, String reason, Instant at) throws Exception {
        List<StatusTransition> all = new ArrayList<>();
        for (String id : ids) {
            Verdict from = verdicts.getOrDefault(id, Verdict.UNKNOWN);
            verdicts.put(id, to);
            all.add(
                    new StatusTransition(
                            0,
                            new CameraId(id),
                            from,
                            to,
                            reason,
                            evidence(to, to == Verdict.DEGRADED ? "OK" : reason, at),
                            at));
        }
        done(transitions.append(all));
    }

    static String id(int number) {
        return "K-%05d".formatted(number);
    }

    /** Registers so many, a few hundred metres apart. */
    void cameras(int count) throws Exception {
        var csv = new StringBuilder("id,name,latitude,longitude,ip,line,district,vendor\n");
        for (int i = 0; i < count; i++) {
            csv.append(
                    "%s,사거리 %d,%.5f,%.5f,10.%d.%d.%d,L-%03d,제%d구,업체 %d\n"
                            .formatted(
                                    id(i),
                                    i,
                                    36.2 + i % 250 * 0.001,
                                    127.2 + i / 250 * 0.0012,
                                    i >> 16,
                                    i >> 8 & 255,
                                    i & 255,
                                    i % 500,
                                    i / 2500,
                                    i % 7));
        }
        post("/api/cameras/import", "text/csv", csv.toString());
    }

    /** Writes something over REST, as the admin. */
    void post(String path, String json) throws Exception {
        post(path, "application/json", json);
    }

    void patch(String path, String json) throws Exception {
        send("PATCH", path, "application/json", json);
    }

    private void post(String path, String type, String body) throws Exception {
        send("POST", path, type, body);
    }

    private void send(String method, String path, String type, String body) throws Exception {
        var basic = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(UTF_8));
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url() + path))
                            .header("Authorization", "Basic " + basic)
                            .header("Content-Type", type)
                            .method(method, BodyPublishers.ofString(body))
                            .build();
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(answer.body());
            }
        }
    }

    private static Evidence evidence(Verdict to, String reason, Instant at) {
        boolean line = to == Verdict.LINE_FAULT;
        var icmp =
                line
                        ? new IcmpResult(IcmpStatus.TIMEOUT, "TIMEOUT", 4, 0, null, null, null, at)
                        : new IcmpResult(IcmpStatus.SUCCESS, "OK", 4, 4, 0.42, 1.23, 3.9, at);
        HlsReason why =
                to == Verdict.HEALTHY
                        ? HlsReason.OK
                        : line ? HlsReason.CONNECT_TIMEOUT : HlsReason.valueOf(reason);
        var hls =
                new HlsResult(
                        why.status(),
                        why,
                        line ? null : 200,
                        line ? null : 48_213L,
                        line ? null : 4.0,
                        line ? 3001L : 62L,
                        null,
                        List.of(),
                        null,
                        null,
                        at);
        return new Evidence(icmp, hls);
    }

    private static <T> T done(Mono<T> work) throws Exception {
        return work.toFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        context.close();
        try {
            database.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
