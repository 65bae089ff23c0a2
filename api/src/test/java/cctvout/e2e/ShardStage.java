package cctvout.e2e;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.SimulatedCamera;
import cctvout.simulator.Target;
import cctvout.store.EmbeddedDatabase;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Processes that share a fleet, their cameras all well, and from when on they are judged. */
final class ShardStage implements AutoCloseable {

    static final int CAMERAS = Integer.getInteger("cctvout.shards.cameras", 10_000);

    /** Every so manieth camera flips. */
    static final int FLIPS = 40;

    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final Duration TAKEOVER = Duration.ofSeconds(10);
    static final Duration BOUND = INTERVAL.multipliedBy(2).plus(TAKEOVER);

    /** Until a flip is surely seen: unprobed for so long, confirmed, and some more. */
    private static final Duration SEEN = BOUND.plusSeconds(25);

    private static final Duration PATIENCE = Duration.ofSeconds(240);

    private final EmbeddedDatabase database = EmbeddedDatabase.createFresh();
    private final Sql sql = new Sql(database.database());
    private final FleetServer fleet =
            FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
    private final List<Product> all = new ArrayList<>();
    private final Path folder;
    private final KafkaProcess broker;
    private final Product desk;
    final Product one;
    final Product two;
    final Product three;
    private String begin = "";
    private String first = "";

    ShardStage(Path folder) throws Exception {
        this.folder = folder;
        broker = new KafkaProcess(Files.createDirectory(folder.resolve("kafka")));
        desk = start("desk", "api,alerting");
        one = start("one", "probe");
        two = start("two", "probe");
        three = start("three", "probe");
    }

    Product start(String name, String roles) throws Exception {
        Product product = process(name, roles);
        all.add(product);
        return product;
    }

    void allWell() throws Exception {
        sql.await("three share", PATIENCE, "select count(distinct node) = 3 from probe_shard");
        desk.console().imported(csv());
        sql.await(
                "all healthy",
                PATIENCE,
                "select count(*) = " + CAMERAS + " from camera_status where verdict = 'HEALTHY'");
        report(
                "called at fault while they started: %s",
                sql.text(
                        """
                        select coalesce(string_agg(what || ' ' || n, ', '), 'none') from (
                            select (body::json ->> 'to') || ' ' || (body::json ->> 'reason') as what, count(*) as n
                            from event_log where type = 'transition' and body::json ->> 'to' <> 'HEALTHY'
                            group by 1) f
                        """));
        // what comes now is no first look, and has no second one behind it
        one.runsFor(INTERVAL.multipliedBy(2));
        begin = sql.text("select now()::text");
        first = sql.text("select max(seq)::text from event_log");
    }

    void partIsLeft(String node, long since) throws Exception {
        sql.await(
                "taken over from " + node,
                PATIENCE,
                "select count(*) = 0 from probe_shard where node like '" + node + "-%'");
        report("the shards of %s were others' after %.1f s", node, since(since));
    }

    void hasItsPart(String node, int least, int most, long since) throws Exception {
        sql.await(
                node + " has its part",
                PATIENCE,
                "select count(*) between %d and %d from probe_shard where node like '%s-%%'"
                        .formatted(least, most, node));
        report("%s had its part after %.1f s", node, since(since));
    }

    /** Ends the flips, and looks at all that was. */
    void judged(Product running) throws Exception {
        running.runsFor(SEEN);
        flip(false);
        running.runsFor(SEEN);
        new ShardVerdicts(sql, begin, first).judge();
    }

    @Override
    public void close() throws Exception {
        try (database;
                broker;
                fleet) {
            for (Product product : all) {
                product.close();
            }
        }
    }

    void flip(boolean down) {
        for (int number = FLIPS; number <= CAMERAS; number += FLIPS) {
            if (down) {
                fleet.faults().set(Target.camera(number), Fault.NOT_FOUND);
            } else {
                fleet.faults().recover(Target.camera(number));
            }
        }
    }

    private Product process(String name, String roles) throws Exception {
        return new Product(
                Files.createDirectory(folder.resolve(name)),
                "--cctvout.roles=" + roles,
                "--cctvout.cluster.node=" + name,
                "--cctvout.cluster.takeover=" + TAKEOVER.toSeconds() + "s",
                "--spring.r2dbc.url=" + database.r2dbcUrl(),
                "--spring.r2dbc.username=" + database.username(),
                "--spring.r2dbc.password=" + database.password(),
                "--cctvout.kafka.bootstrap-servers=" + broker.servers(),
                "--cctvout.probe.interval=" + INTERVAL.toSeconds() + "s",
                "--cctvout.probe.down-interval=10s",
                "--cctvout.probe.confirm=1s,2s",
                "--cctvout.probe.icmp.count=1");
    }

    private Path csv() throws Exception {
        Stream<String> rows =
                fleet.fleet().cameras().stream().map(camera -> row(camera, fleet.port()));
        Path file = folder.resolve("cameras.csv");
        Files.write(
                file,
                (Iterable<String>) Stream.concat(Stream.of("id,ip,hlsUrl,line"), rows)::iterator);
        return file;
    }

    /** The id says the number, by which it flips. */
    private static String row(SimulatedCamera camera, int port) {
        return "c-%d,%s,%s,%s"
                .formatted(camera.number(), camera.ip(), camera.mediaUrl(port), camera.line());
    }

    static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    static void report(String words, Object... values) {
        System.out.printf(words + "%n", values);
    }
}
