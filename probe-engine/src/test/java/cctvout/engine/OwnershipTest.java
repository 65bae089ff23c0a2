package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.cluster.Ownership;
import cctvout.cluster.Shard;
import cctvout.icmp.IcmpStatus;
import cctvout.status.CameraState;
import cctvout.status.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** An engine whose cameras come and go with what it owns. */
class OwnershipTest {

    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Camera C = City.camera("c", "10.0.0.1", null);
    private static final Ownership ALL = Ownership.everything();
    private static final Ownership NONE = Ownership.nothing("");

    private final Sinks.Many<Ownership> owned = Sinks.many().replay().latest();
    private final City city = new City(City.settings(INTERVAL), owned::asFlux);

    @AfterEach
    void stop() {
        city.close();
    }

    private void own(Ownership next) {
        owned.tryEmitNext(next).orThrow();
        city.run(Duration.ofSeconds(1));
    }

    private void known(Camera camera) {
        city.registered(
                camera, new CameraState(camera.id(), Verdict.HEALTHY, "OK", Instant.EPOCH, null));
    }

    private int pings(Duration time) {
        int before = city.pinged.size();
        city.run(time);
        return city.pinged.size() - before;
    }

    @Test
    void whatItOwnsIsProbedAndWhatItLosesIsNotAndNeitherIsATransition() {
        known(C);
        own(NONE);
        city.start();
        assertThat(pings(INTERVAL.multipliedBy(3))).isZero();
        own(ALL);
        assertThat(pings(INTERVAL.multipliedBy(3))).isEqualTo(3);
        own(NONE);
        assertThat(pings(INTERVAL.multipliedBy(3))).isZero();
        own(ALL);
        assertThat(pings(INTERVAL.multipliedBy(3))).isEqualTo(3);
        assertThat(city.log).isEmpty();
    }

    @Test
    void ofSeveralShardsOnlyTheCamerasOfThoseItOwns() {
        Camera other = City.camera("other", "10.0.0.2", null);
        known(C);
        known(other);
        own(without(Shard.of(other.id())));
        city.start();
        city.run(INTERVAL.multipliedBy(2));
        assertThat(city.pinged).containsOnly("10.0.0.1");
        city.save(City.camera("late", "10.0.0.3", null));
        own(without(Shard.of(C.id())));
        city.pinged.clear();
        city.run(INTERVAL.multipliedBy(2));
        assertThat(city.pinged).contains("10.0.0.2").doesNotContain("10.0.0.1");
    }

    private static Ownership without(int shard) {
        var claims = new HashMap<>(ALL.claims());
        claims.remove(shard);
        return new Ownership("", Set.of(), claims);
    }

    @Test
    void aHandOverInTheMidstOfADoubtBeginsToConfirmAnew() {
        known(C);
        own(ALL);
        city.start();
        city.run(INTERVAL);
        city.echoes.put("10.0.0.1", IcmpStatus.TIMEOUT);
        int before = city.pinged.size();
        while (city.pinged.size() < before + 2) {
            city.run(Duration.ofMillis(100));
        }
        own(NONE);
        own(ALL);
        before = city.pinged.size();
        city.runToTransition("c");
        assertThat(city.pinged.size() - before).as("three that agree").isGreaterThanOrEqualTo(3);
        assertThat(city.history("c")).containsExactly("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
    }

    @Test
    void anotherZonesCamerasAreNotItsOwn() {
        known(C);
        Ownership inside = new Ownership("north", Set.of("north"), ALL.claims());
        own(inside);
        city.start();
        assertThat(pings(INTERVAL.multipliedBy(2))).isZero();
        assertThat(inside.part(List.of(1)).zone()).isEqualTo("north");
        assertThat(ALL.ofShard(new CameraId("c"))).isNotNull();
    }
}
