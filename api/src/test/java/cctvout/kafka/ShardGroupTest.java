package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.cluster.ClusterSettings;
import cctvout.cluster.Ownership;
import cctvout.cluster.Shard;
import cctvout.cluster.ShardKeeper;
import cctvout.log.PostgresEventLog;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** With a real broker and a real database. */
class ShardGroupTest {

    private static EmbeddedKafkaKraftBroker broker;

    private final Disposable.Composite running = Disposables.composite();
    private EmbeddedDatabase database;

    @BeforeAll
    static void startBroker() {
        broker =
                (EmbeddedKafkaKraftBroker)
                        new EmbeddedKafkaKraftBroker(1, 1)
                                .brokerProperties(
                                        Map.of(
                                                "group.initial.rebalance.delay.ms",
                                                "100",
                                                "group.min.session.timeout.ms",
                                                "1000"));
        broker.afterPropertiesSet();
    }

    @AfterAll
    static void stopBroker() {
        broker.destroy();
    }

    @BeforeEach
    void open() {
        database = EmbeddedDatabase.createFresh();
    }

    @AfterEach
    void close() {
        running.dispose();
        database.close();
    }

    private final class Prober {
        final ShardKeeper keeper;
        final KafkaShardGroup group;

        Prober(String node, String zone, String servers) {
            this(node, zone, servers, Duration.ofSeconds(10));
        }

        Prober(String node, String zone, String servers, Duration takeover) {
            this(node, zone, servers, takeover, database.database());
        }

        Prober(String node, String zone, String servers, Duration takeover, Database through) {
            var cluster = new ClusterSettings(node, zone, takeover);
            keeper = ShardKeeper.of(through, new PostgresEventLog(through), cluster);
            KafkaSettings kafka =
                    new KafkaSettings(
                            List.of(servers),
                            Map.of(),
                            "/cctv-out",
                            true,
                            3,
                            -1,
                            100,
                            Duration.ofMillis(100),
                            Duration.ofMillis(100),
                            Duration.ofSeconds(10));
            group = new KafkaShardGroup(kafka, cluster, keeper);
            running.add(keeper.run().subscribe());
            running.add(group.run().subscribe());
        }

        Flux<Set<Integer>> shards() {
            return keeper.ownership().map(Ownership::claims).map(Map::keySet);
        }

        void leave() throws Exception {
            get(keeper.letGo().then(group.leave()));
        }
    }

    @Test
    void theShardsAreDividedAndEachIsOnesAtATime() throws Exception {
        Prober first = new Prober("first", "", broker.getBrokersAsString());
        get(first.shards().filter(Shard.ALL::equals).next());

        Prober second = new Prober("second", "", broker.getBrokersAsString());
        get(
                Flux.combineLatest(first.shards(), second.shards(), ShardGroupTest::divided)
                        .filter(yes -> yes)
                        .next());

        Prober inside = new Prober("inside", "north", broker.getBrokersAsString());
        get(inside.shards().filter(Shard.ALL::equals).next());
        assertThat(second.keeper.owned()).as("another zone's are not theirs").isPositive();

        first.leave();
        get(second.shards().filter(Shard.ALL::equals).next());
        assertThat(first.keeper.owned()).isZero();
    }

    @Test
    void whoHasLostItsDatabaseLeavesItsPartToOthersUntilItIsBack() throws Exception {
        var way = new Way(database.database());
        Duration takeover = Duration.ofSeconds(5);
        String servers = broker.getBrokersAsString();
        Prober first = new Prober("first", "", servers, takeover, way);
        get(first.shards().filter(Shard.ALL::equals).next());
        Prober second = new Prober("second", "", servers, takeover);
        get(second.shards().filter(its -> its.size() == 128).next());

        way.cut = true;
        get(second.shards().filter(Shard.ALL::equals).next());

        way.cut = false;
        get(
                Flux.combineLatest(first.shards(), second.shards(), ShardGroupTest::divided)
                        .filter(yes -> yes)
                        .next());
    }

    @Test
    void withoutABrokerWhatIsFreeIsProbedAllTheSame() throws Exception {
        Prober alone = new Prober("alone", "", "127.0.0.1:1", Duration.ofSeconds(3));
        get(alone.shards().filter(Shard.ALL::equals).next());
    }

    private static boolean divided(Set<Integer> one, Set<Integer> other) {
        Set<Integer> both = new HashSet<>(one);
        both.retainAll(other);
        return both.isEmpty() && one.size() == 128 && other.size() == 128;
    }

    private static <T> void get(Mono<T> work) throws Exception {
        work.then().toFuture().get(60, TimeUnit.SECONDS);
    }

    /** The way to the database of one process. */
    private static final class Way implements Database {
        private final Database behind;
        private volatile boolean cut;

        Way(Database behind) {
            this.behind = behind;
        }

        private Database open() {
            if (cut) {
                throw new IllegalStateException("cut");
            }
            return behind;
        }

        @Override
        public DatabaseClient client() {
            return open().client();
        }

        @Override
        public <T> Mono<T> inTransaction(Mono<T> work) {
            return Mono.defer(() -> open().inTransaction(work));
        }

        @Override
        public Mono<Long> copyIn(String sql, Mono<ByteBuf> bytes) {
            return Mono.defer(() -> open().copyIn(sql, bytes));
        }

        @Override
        public Flux<String> notifications(String channel) {
            return behind.notifications(channel);
        }
    }
}
