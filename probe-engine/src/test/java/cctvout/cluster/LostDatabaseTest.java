package cctvout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.store.Answer;
import cctvout.store.Columns;

import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Processes that stand still or have no database for a while take nothing from each other. */
class LostDatabaseTest extends ShardRig {

    @Test
    void oneThatFreezesWhileItAppendsHoldsNoTakerUp() throws Exception {
        Disposable frozen =
                database.inTransaction(events.reserve(0).then(Mono.never())).subscribe();
        Mono<Integer> standsStill =
                database.client()
                        .sql(
                                """
                                select 1 as one from pg_stat_activity
                                where state = 'idle in transaction' and datname = current_database()
                                    and query like 'update log_head%'
                                """)
                        .map(row -> Columns.required(row, "one", Integer.class))
                        .first();
        Answer.of(standsStill.repeatWhenEmpty(Flux::repeat));
        ShardKeeper a = keeper("a", "");
        a.want(Shard.ALL);
        round(a);
        assertThat(owned(a)).hasSize(256);
        frozen.dispose();
    }

    @Test
    void whenTheDatabaseIsBackNobodyIsTakenForDeadYet() throws Exception {
        ShardKeeper a = keeper("a", "");
        ShardKeeper b = keeper("b", "");
        halve(a, b);
        a.wantWhatIsFree();

        unseenForAnHour(b);
        execute("alter table probe_node rename to away");
        assertThatThrownBy(() -> round(a)).isNotNull();
        execute("alter table away rename to probe_node");
        round(a);
        assertThat(owned(a)).as("b could not say that it lives").isEqualTo(LOWER);
        round(b);
        assertThat(owned(b)).isEqualTo(UPPER);

        unseenForAnHour(b);
        steady(a);
        assertThat(owned(a)).as("b had time to say so").hasSize(256);
    }

    @Test
    void aRoundThatTookTooLongIsABreakToo() throws Exception {
        ShardKeeper a = keeper("a", "");
        ShardKeeper b = keeper("b", "");
        halve(a, b);
        a.wantWhatIsFree();

        unseenForAnHour(b);
        nanos.addAndGet(SILENCE.plusSeconds(1).toNanos());
        round(a);
        round(a);
        assertThat(owned(a)).isEqualTo(LOWER);
    }

    @Test
    void whoHasLostTheDatabaseForLongKnowsThat() throws Exception {
        ShardKeeper a = keeper("a", "");
        assertThat(a.isInTouch()).isFalse();
        round(a);
        assertThat(a.isInTouch()).isTrue();
        nanos.addAndGet(TAKEOVER.plusSeconds(1).toNanos());
        assertThat(a.isInTouch()).isFalse();
    }

    @Test
    void whatWasAskedForInVainIsNotTakenAfterwards() throws Exception {
        ShardKeeper a = keeper("a", "");
        a.want(LOWER);
        round(a);
        a.want(Shard.ALL);
        a.wantNoMore();
        round(a);
        assertThat(owned(a)).isEqualTo(LOWER);
    }
}
