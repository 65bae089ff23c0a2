package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Target;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two processes serve 200 live streams while cameras flip, and are restarted one after the other,
 * twice: who is cut off goes on at the other one. Each client sees each event once, in order. A
 * third process probes and alerts; a fourth stands by for it and takes over when it is killed.
 */
@Tag("load")
class RollingRestartTest {

    private static final int CAMERAS = 60;
    private static final int CLIENTS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Random random = new Random(11);

    @TempDir Path folder;

    @Test
    void noStreamHasAGapOrARepeat() throws Exception {
        List<ResumingClient> clients = new ArrayList<>();
        try (EmbeddedDatabase database = EmbeddedDatabase.createFresh();
                FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product left = process("left", "api", database);
                Product right = process("right", "api", database);
                Product worker = process("worker", "probe,alerting", database);
                Product standby = process("standby", "probe,alerting", database)) {
            Sql sql = new Sql(database.database());
            Parties.register(left.console(), receiver);
            Parties.cameras(left.console(), fleet, CAMERAS);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(
                        i % 2 == 0
                                ? new ResumingClient(left.console(), right.console())
                                : new ResumingClient(right.console(), left.console()));
            }
            flip(standby, fleet, 10);
            for (Product node : List.of(left, right, left, right)) {
                node.close();
                flip(standby, fleet, 3);
                node.startAgain();
                flip(standby, fleet, 5);
            }
            long before = System.nanoTime();
            worker.kill();
            sql.await(
                    "the standby probes",
                    PATIENCE,
                    "select count(*) = 256 from probe_shard where node like 'standby-%'");
            System.out.printf(
                    "standby took over after %.1f s%n", (System.nanoTime() - before) / 1e9);
            flip(standby, fleet, 10);
            fleet.faults().recover(new Target.All());
            sql.await(
                    "all healthy",
                    PATIENCE,
                    "select count(*) = 60 from camera_status where verdict = 'HEALTHY'");
            sql.await(
                    "no issue open",
                    PATIENCE,
                    "select count(*) = 0 from issue where status in ('OPEN', 'IN_PROGRESS')");
            sql.await(
                    "no notice waits",
                    PATIENCE,
                    "select count(*) = 0 from notification where status = 'CREATED'");
            sql.await(
                    "all numbers are there",
                    PATIENCE,
                    """
                    select (select seq from log_head where name = 'event')
                        = (select max(seq) from event_log)
                    """);
            standby.runsFor(Duration.ofSeconds(5));
            String all = sql.text("select string_agg(seq::text, ',' order by seq) from event_log");
            List<Long> log = Arrays.stream(all.split(",")).map(Long::valueOf).toList();
            for (ResumingClient client : clients) {
                client.await(log.getLast(), PATIENCE);
                assertThat(client.ids()).isEqualTo(log);
            }
            System.out.printf(
                    "%d clients saw %d events each, with %d connections%n",
                    CLIENTS,
                    log.size(),
                    clients.stream().mapToInt(ResumingClient::connections).sum());
            noticesCameToo(sql, receiver);
            assertThat(sql.text("select count(*)::text from (" + DOUBLED + ") d")).isEqualTo("0");
        } finally {
            clients.forEach(ResumingClient::close);
        }
    }

    /**
     * Two processes alert: a notice may come twice where one was killed while it sent, by one id.
     * Past the channel's rate it comes in a digest, by the digest's.
     */
    private static void noticesCameToo(Sql sql, WebhookReceiver receiver) throws Exception {
        Set<String> told =
                receiver.received.stream()
                        .map(WebhookReceiver.Received::id)
                        .collect(Collectors.toSet());
        System.out.printf(
                "%d notices, %d of them repeats%n",
                receiver.received.size(), receiver.received.size() - told.size());
        String sent =
                sql.text(
                        "select string_agg(distinct coalesce(digest_id, id), ',')"
                                + " from notification where status = 'SENT'"
                                + " and channel = 'webhook'");
        assertThat(told).containsAll(Set.of(sent.split(",")));
        assertThat(receiver.received.size() - told.size()).isLessThan(20);
    }

    /** Steps of a camera that do not start from where the one before ended. */
    private static final String DOUBLED =
            """
            select 1 from (
                select body::json ->> 'from' as begun,
                       lag(body::json ->> 'to', 1, 'UNKNOWN') over (partition by camera_id order by seq) as ended
                from event_log where type = 'transition') s
            where begun <> ended
            """;

    private void flip(Product running, FleetServer fleet, int seconds) throws Exception {
        for (int second = 0; second < seconds; second++) {
            for (int i = 1; i <= CAMERAS; i++) {
                if (random.nextInt(4) == 0) {
                    fleet.faults().set(Target.camera(i), Fault.NOT_FOUND);
                } else {
                    fleet.faults().recover(Target.camera(i));
                }
            }
            running.runsFor(Duration.ofSeconds(1));
        }
    }

    private Product process(String name, String roles, EmbeddedDatabase database) throws Exception {
        return Product.quick(
                Files.createDirectory(folder.resolve(name)),
                "--cctvout.roles=" + roles,
                "--cctvout.cluster.node=" + name,
                // else the ends of cameras that flip so often would be held
                "--cctvout.alerting.flapping.faults=0",
                "--spring.r2dbc.url=" + database.r2dbcUrl(),
                "--spring.r2dbc.username=" + database.username(),
                "--spring.r2dbc.password=" + database.password());
    }
}
