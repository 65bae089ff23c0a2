package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Target;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A backup that was taken while it ran, restored into a fresh database after everything is lost.
 */
class RestoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As docker/README.md has it. */
    private static final String ABOVE_ALL_EVER_GIVEN = "update log_head set seq = seq + 1000000";

    @TempDir Path folder;

    @Test
    void whatABackupHoldsGoesOnWithNoNoticeTwiceAndWhatCameAfterItIsFoundAnew() throws Exception {
        try (EmbeddedDatabase lost = EmbeddedDatabase.createFresh();
                EmbeddedDatabase fresh = EmbeddedDatabase.createFresh();
                FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(3), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET)) {
            Dump dump;
            long head;
            try (Product product = product("lost", lost)) {
                Parties.register(product.console(), receiver);
                Parties.cameras(product.console(), fleet, 3);
                fails(product, fleet, 1);
                dump = Dump.of(jdbc(lost), lost.username(), lost.password());
                head = fails(product, fleet, 2);
                product.kill();
            }
            dump.restore(jdbc(fresh), fresh.username(), fresh.password());
            execute(fresh, ABOVE_ALL_EVER_GIVEN);

            try (Product product = product("fresh", fresh);
                    LiveEvents resumed = product.console().events(head)) {
                resumed.awaitTransition("c2", "HEALTHY>CAMERA_FAULT", PATIENCE);
                fleet.faults().recover(new Target.All());
                Set<String> told = new HashSet<>();
                resumed.await(
                        "both told of the end",
                        PATIENCE,
                        event -> {
                            if (isSent(event, "RECOVERED")) {
                                told.add(event.data().get("cameraId").asString());
                            }
                            return told.equals(Set.of("c1", "c2"));
                        });
                assertThat(resumed.seen())
                        .filteredOn(event -> !event.id().isEmpty())
                        .allMatch(event -> Long.parseLong(event.id()) > head);
                assertThat(product.console().all("/api/issues?camera=c1")).hasSize(1);
            }
            assertThat(events(receiver, "c1")).containsExactly("OPENED", "RECOVERED");
            // the first OPENED was told after the backup, which knows nothing of it
            assertThat(events(receiver, "c2")).containsExactly("OPENED", "OPENED", "RECOVERED");
            assertThat(events(receiver, "c3")).isEmpty();
        }
    }

    private Product product(String name, EmbeddedDatabase database) throws Exception {
        return Product.quick(
                Files.createDirectory(folder.resolve(name)),
                "--spring.r2dbc.url=" + database.r2dbcUrl(),
                "--spring.r2dbc.username=" + database.username(),
                "--spring.r2dbc.password=" + database.password());
    }

    /**
     * The vendor has been told of the camera's fault, and it is stored that it was; at which
     * number.
     */
    private static long fails(Product product, FleetServer fleet, int camera) {
        try (LiveEvents events = product.console().events(0)) {
            events.awaitTransition("c" + camera, "UNKNOWN>HEALTHY", PATIENCE);
            fleet.faults().set(Target.camera(camera), Fault.NOT_FOUND);
            return awaitSent(events, "c" + camera, "OPENED");
        }
    }

    private static long awaitSent(LiveEvents events, String camera, String what) {
        return Long.parseLong(
                events.await(
                                camera + " " + what,
                                PATIENCE,
                                event -> event.isOf(camera) && isSent(event, what))
                        .id());
    }

    private static boolean isSent(LiveEvents.Event event, String what) {
        return event.type().equals("notification")
                && is(event, "recipientId", "vendor")
                && is(event, "event", what)
                && is(event, "status", "SENT");
    }

    private static boolean is(LiveEvents.Event event, String field, String value) {
        return event.data().path(field).asString("").equals(value);
    }

    /** What the vendor was told of a camera, each notice once, in order. */
    private static List<String> events(WebhookReceiver receiver, String camera) {
        return receiver.of("vendor", camera).stream().map(WebhookReceiver.Received::event).toList();
    }

    private static void execute(EmbeddedDatabase database, String sql) throws Exception {
        try (var connection =
                        DriverManager.getConnection(
                                jdbc(database), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String jdbc(EmbeddedDatabase database) {
        return database.r2dbcUrl().replace("r2dbc:", "jdbc:");
    }
}
