package cctvout.kill;

import cctvout.alerting.Receiver;
import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.issue.IssueStatus;
import cctvout.recipient.RecipientRole;
import cctvout.store.EmbeddedDatabase;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What outlives the process: the database, the parties' webhook receiver, and the desks. */
final class Stage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final List<String> PARTIES = List.of("line", "vendor", "control");

    private static final List<String> SETTINGS =
            List.of(
                    "--logging.level.root=warn",
                    "--spring.jmx.enabled=false",
                    "--cctvout.roles=probe,alerting",
                    "--cctvout.probe.interval=1s",
                    "--cctvout.probe.down-interval=1s",
                    "--cctvout.probe.confirm=20ms,40ms",
                    "--cctvout.probe.allowed-networks=10.0.0.0/8",
                    "--cctvout.notification.allowed-networks=127.0.0.0/8",
                    "--cctvout.notification.deadline=60s",
                    "--cctvout.notification.lease=10m",
                    "--cctvout.notification.poll=50ms",
                    "--cctvout.alerting.poll=50ms",
                    "--cctvout.alerting.verify-within=10m",
                    "--cctvout.outage.hold=300ms",
                    "--cctvout.outage.straggler-hold=300ms",
                    "--cctvout.watchdog.lasting=1h",
                    "--cctvout.watchdog.silence=24h");

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Receiver receiver = new Receiver();
    private final List<Receiver.Hook> hooks = new ArrayList<>();
    private final Desks desks = new Desks(embedded.database());
    final Victim victim;

    Stage(Path folder, String... more) {
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.addAll(List.of(more));
        victim = new Victim(folder.resolve("victim.log"), embedded, settings);
        for (String party : PARTIES) {
            recipient(party);
        }
    }

    private void recipient(String id) {
        RecipientRole role =
                switch (id) {
                    case "line" -> RecipientRole.LINE_OPERATOR;
                    case "vendor" -> RecipientRole.CAMERA_VENDOR;
                    default -> RecipientRole.CONTROL_ROOM;
                };
        get(desks.recipient(id, role, receiver.url("/" + id)));
    }

    /** A camera that is well, of an address of its own. */
    void camera(String id, String address, String line) {
        victim.are(Condition.WELL, address);
        get(
                new PostgresCameraRegistry(embedded.database())
                        .create(
                                new Camera(
                                        new CameraId(id),
                                        id,
                                        null,
                                        null,
                                        null,
                                        address,
                                        "http://" + address + "/live.m3u8",
                                        line,
                                        null,
                                        null,
                                        "V-A",
                                        null,
                                        true,
                                        null,
                                        Camera.Probes.BOTH,
                                        0)));
    }

    /** A person says how far the work on the camera's unresolved issue is; false: there is none. */
    boolean says(String camera, IssueStatus status) {
        List<String> open =
                strings(
                        "select id from issue where camera_id = '%s' and status in ('OPEN', 'IN_PROGRESS')"
                                .formatted(camera));
        for (String id : open) {
            get(desks.says(id, status));
        }
        return !open.isEmpty();
    }

    /** From now on the receiver keeps its answers to itself. */
    CountDownLatch holdAnswers() {
        CountDownLatch came = new CountDownLatch(1);
        for (String party : PARTIES) {
            receiver.answer(
                    "/" + party,
                    _ -> {
                        came.countDown();
                        return Mono.never();
                    });
        }
        return came;
    }

    void answerAgain() {
        PARTIES.forEach(party -> receiver.answer("/" + party, _ -> Mono.just(204)));
    }

    static void await(CountDownLatch latch, String what) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no " + what);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Kills it; which notices it had taken and not marked, by id. */
    List<String> kill() {
        victim.kill();
        answerAgain();
        // so that the next life need not wait for the lease of the dead to end
        return strings(
                """
                update notification set leased_until = now() - interval '1 hour'
                where lease is not null returning id""");
    }

    /** What waits for a camera to be as it is for a while has waited long enough. */
    void calm() {
        strings(
                """
                update notification set next_at = now(), held_until = now()
                where event = 'RECOVERED' and next_at is not null returning id""");
    }

    /** By a way of its own to the database. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                embedded.r2dbcUrl().replaceFirst("r2dbc:", "jdbc:"),
                embedded.username(),
                embedded.password());
    }

    /** Looks again and again until the query finds something. */
    void until(String what, String query) {
        get(
                Flux.interval(LOOK)
                        .onBackpressureDrop()
                        .concatMap(_ -> rows(query).next(), 1)
                        .next(),
                () -> "no " + what + ": " + query + "\n" + victim.tail());
    }

    List<String> strings(String query) {
        return get(rows(query).collectList(), () -> query);
    }

    private Flux<String> rows(String query) {
        return embedded.database()
                .client()
                .sql(query)
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .all();
    }

    /** All that was received so far, in its order. */
    Collection<Receiver.Hook> received() {
        hooks.addAll(receiver.rest());
        return List.copyOf(hooks);
    }

    private static <T> T get(Mono<T> work) {
        return get(work, () -> "no answer");
    }

    private static <T> T get(Mono<T> work, Supplier<String> what) {
        try {
            return work.toFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(what.get(), failed);
        }
    }

    @Override
    public void close() {
        victim.close();
        receiver.close();
        desks.close();
        embedded.close();
    }
}
