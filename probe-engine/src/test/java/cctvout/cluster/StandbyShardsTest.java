package cctvout.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.PostgresEventLog;
import cctvout.store.Answer;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.Disposables;

import java.time.Duration;

class StandbyShardsTest {

    /** Nobody is taken for dead, however busy the machine is. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final Disposable.Composite running = Disposables.composite();

    private final class Prober {
        final ShardKeeper keeper;
        final StandbyShards group;
        final Disposable heart;

        Prober(String node, String zone, Duration takeover) {
            var settings = new ClusterSettings(node, zone, takeover);
            keeper = ShardKeeper.of(database, new PostgresEventLog(database), settings);
            group = new StandbyShards(database, keeper, settings);
            heart = keeper.run().subscribe();
            running.add(heart);
            running.add(group.run().subscribe());
        }

        void probes() throws Exception {
            Answer.of(keeper.ownership().filter(it -> it.claims().size() == Shard.COUNT).next());
        }
    }

    @AfterEach
    void close() {
        running.dispose();
        embedded.close();
    }

    @Test
    void oneProbesAndTheOtherTakesOverWhenItLeaves() throws Exception {
        Prober first = new Prober("first", "", LONG);
        first.probes();
        Prober second = new Prober("second", "", LONG);
        Prober inside = new Prober("inside", "north", LONG);
        inside.probes();
        assertThat(second.keeper.owned()).isZero();

        Answer.done(first.keeper.letGo().then(first.group.leave()));
        second.probes();
        assertThat(first.keeper.owned()).isZero();
    }

    @Test
    void oneThatStandsStillLosesItsConnection() throws Exception {
        Prober first = new Prober("first", "", SHORT);
        first.probes();
        Prober second = new Prober("second", "", SHORT);

        first.heart.dispose();

        second.probes();
    }
}
