package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.cluster.ClusterSettings;
import cctvout.cluster.Ownership;
import cctvout.cluster.Shard;
import cctvout.cluster.ShardKeeper;
import cctvout.log.PostgresEventLog;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

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
                                        Map.of("group.initial.rebalance.delay.ms", "100"));
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
            var cluster = new ClusterSettings(node, zone, takeover);
            keeper =
                    ShardKeeper.of(
                            database.database(),
                            new PostgresEventLog(database.database()),
                            cluster);
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
}
