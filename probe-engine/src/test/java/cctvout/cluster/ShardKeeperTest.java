package cctvout.cluster;

import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;
import static cctvout.status.Verdict.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.camera.Cameras;
import cctvout.history.HistorySettings;
import cctvout.history.PostgresProbeHistory;
import cctvout.status.CameraStatus;
import cctvout.status.Measured;
import cctvout.store.Answer;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Map;
import java.util.Set;

class ShardKeeperTest extends ShardRig {

    @Test
    void theDatabaseAndTheProcessAgreeOnACamerasShard() throws Exception {
        Answer.of(registry.saveAll(Cameras.many(500)));
        Ownership lower = new Ownership("", Set.of(), Ownership.everything().claims());
        List<CameraChange> found = Answer.of(registry.changesSoFar(lower.part(LOWER), 0));
        assertThat(found).hasSizeBetween(150, 350);
        assertThat(found).allMatch(change -> LOWER.contains(Shard.of(change.id())));
        assertThat(Answer.of(registry.changesSoFar(lower.part(UPPER), 0)))
                .hasSize(500 - found.size());
    }

    @Test
    void whatAnotherTakesIsNoLongerMine() throws Exception {
        ShardKeeper a = keeper("a", "");
        ShardKeeper b = keeper("b", "");
        a.want(Shard.ALL);
        round(a);
        assertThat(owned(a)).hasSize(256);

        b.want(UPPER);
        round(b);
        round(a);

        assertThat(owned(b)).isEqualTo(UPPER);
        assertThat(owned(a)).isEqualTo(LOWER);
        round(a);
        assertThat(owned(a)).as("not taken back while b lives").isEqualTo(LOWER);

        b.want(Set.of());
        round(b);
        round(a);
        assertThat(owned(a)).as("b let go of them").hasSize(256);
    }

    @Test
    void whatIsWantedNoLongerIsLetGoOfAtOnce() throws Exception {
        ShardKeeper a = keeper("a", "");
        a.want(Shard.ALL);
        round(a);
        a.want(LOWER);
        assertThat(owned(a)).isEqualTo(LOWER);
    }

    @Test
    void whatIsFreeIsADeadNodesOrNobodys() throws Exception {
        ShardKeeper a = keeper("a", "");
        ShardKeeper b = keeper("b", "");
        a.want(LOWER);
        round(a);

        b.wantWhatIsFree();
        round(b);
        assertThat(owned(b)).isEqualTo(UPPER);

        unseenForAnHour(a);
        steady(b);
        assertThat(owned(b)).hasSize(256);
        round(a);
        assertThat(owned(a)).isEmpty();
    }

    @Test
    void twoThatWereGivenTheSameNameDoNotTakeEachOtherForThemselves() throws Exception {
        ShardKeeper one = keeper("same", "");
        ShardKeeper other = keeper("same", "");
        one.want(LOWER);
        other.want(UPPER);
        round(one);
        round(other);
        Map<Integer, Claim> ones = now(one).claims();
        Map<Integer, Claim> others = now(other).claims();
        assertThat(ones).containsOnlyKeys(LOWER);
        assertThat(others).containsOnlyKeys(UPPER);
        round(one);
        round(other);
        assertThat(now(one).claims()).as("never lost, under the same epochs").isEqualTo(ones);
        assertThat(now(other).claims()).isEqualTo(others);
        assertThat(one.node()).startsWith("same-");
    }

    @Test
    void aStaleOwnersTransitionIsRefusedAndCounted() throws Exception {
        Answer.of(registry.saveAll(List.of(Cameras.camera("a"))));
        Claim old = claimOf("a", keeper("one", ""));
        assertThat(append(old, UNKNOWN, HEALTHY)).hasSize(1);
        Claim next = claimOf("a", keeper("two", ""));
        assertThat(next.epoch()).isGreaterThan(old.epoch());

        assertThat(append(old, HEALTHY, LINE_FAULT)).isEmpty();
        assertThat(refused("transition")).isEqualTo(1);
        assertThat(append(next, HEALTHY, LINE_FAULT)).hasSize(1);
        assertThat(append(next, HEALTHY, LINE_FAULT)).as("double probing").isEmpty();
        assertThat(refused("transition")).as("no stale one").isEqualTo(1);
    }

    @Test
    void aStaleOwnersChecksAreRefusedAndCounted() throws Exception {
        Answer.of(registry.saveAll(List.of(Cameras.camera("a"))));
        CameraId id = new CameraId("a");
        Claim old = claimOf("a", keeper("one", ""));
        Claim next = claimOf("a", keeper("two", ""));
        var history = new PostgresProbeHistory(database, HistorySettings.standard(), stale, meters);
        history.start();
        history.record(Measured.status(id, HEALTHY, "OK", AT), old);
        history.record(Measured.status(id, HEALTHY, "OK", AT.plusSeconds(1)), old);
        history.record(Measured.status(id, HEALTHY, "OK", AT.plusSeconds(2)), next);
        Answer.done(Mono.create(done -> history.stop(done::success)));

        List<CameraStatus> kept = Answer.of(history.checks(id, AT, AT.plusSeconds(9), 10));
        assertThat(kept).hasSize(1);
        assertThat(refused("check")).isEqualTo(2);
    }

    @Test
    void aZoneWithItsOwnProberIsProbedByThatOneAlone() throws Exception {
        Camera inside = Cameras.camera("inside");
        Camera zoned = zoned(inside, "north");
        Answer.of(registry.saveAll(List.of(zoned, Cameras.camera("outside"))));
        ShardKeeper outer = keeper("outer", "");
        outer.want(Shard.ALL);
        round(outer);
        assertThat(seenBy(outer)).as("nobody is in that zone").contains("inside", "outside");

        ShardKeeper inner = keeper("inner", "north");
        inner.want(Shard.ALL);
        round(inner);
        round(outer);
        assertThat(seenBy(inner)).containsExactly("inside");
        assertThat(seenBy(outer)).containsExactly("outside");
        assertThat(now(outer).of(zoned)).isNull();
        assertThat(now(inner).of(zoned)).isNotNull();

        Claim outers = new Claim("", Shard.of(zoned.id()), epoch("", zoned.id()));
        Claim inners = new Claim("north", Shard.of(zoned.id()), epoch("north", zoned.id()));
        assertThat(append(zoned.id(), outers, UNKNOWN, LINE_FAULT)).isEmpty();
        assertThat(append(zoned.id(), inners, UNKNOWN, HEALTHY)).hasSize(1);
    }
}
