package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.icmp.IcmpStatus;
import cctvout.status.Siblings;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** What cameras on one line, at one site, in one subnet say of each other. */
class KinTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private @Nullable City open;

    @AfterEach
    void stop() {
        if (open != null) {
            open.close();
        }
    }

    private City city(String... settings) {
        City city = new City(City.settings(QUARTER, settings));
        open = city;
        city.start();
        return city;
    }

    private static Camera on(@Nullable String line, int i) {
        return City.camera("c" + i, ip(i), null, line);
    }

    private static String ip(int i) {
        return "10." + i + ".0.1";
    }

    private static List<StatusTransition> lineFaults(City city) {
        return city.log.stream().filter(t -> t.to() == Verdict.LINE_FAULT).toList();
    }

    @Test
    void theOthersOfACutLineAreLookedAtWhenTheFirstOfThemFails() {
        City city = city();
        for (int i = 0; i < 4; i++) {
            city.save(on("L-17", i));
        }
        city.save(on("L-18", 9));
        city.run(Duration.ofSeconds(5));
        for (int i = 0; i < 4; i++) {
            city.echoes.put(ip(i), IcmpStatus.TIMEOUT);
        }
        city.engine.check(new CameraId("c0")).subscribe();
        city.run(Duration.ofSeconds(10));
        List<StatusTransition> faults = lineFaults(city);
        assertThat(faults).as("all of the line within seconds").hasSize(4);
        assertThat(faults.getFirst().evidence().siblings())
                .isEqualTo(new Siblings("line:L-17", 3, 3));
        city.echoes.clear();
        city.engine.check(new CameraId("c0")).subscribe();
        city.run(Duration.ofSeconds(2));
        assertThat(city.log.stream().filter(t -> t.from() == Verdict.LINE_FAULT)).hasSize(4);
    }

    @Test
    void allOfALongLineAreKnownSoonAfterTheFirstWasConfirmedAndSoonAfterItIsBack() {
        int cameras = 400;
        City city = city("failing-parallelism=4096", "failing-echo-parallelism=4096");
        for (int i = 0; i < cameras; i++) {
            city.save(on("L-17", i));
        }
        city.run(Duration.ofSeconds(10));
        for (int i = 0; i < cameras; i++) {
            city.echoes.put(ip(i), IcmpStatus.TIMEOUT);
        }
        city.engine.check(new CameraId("c0")).subscribe();
        city.run(Duration.ofSeconds(10));
        assertThat(lineFaults(city)).as("all within seconds of the first").hasSize(cameras);
        assertThat(requireNonNull(lineFaults(city).getLast().evidence().siblings()).failed())
                .isGreaterThan(7);

        city.echoes.clear();
        city.engine.check(new CameraId("c0")).subscribe();
        city.run(Duration.ofSeconds(4));
        assertThat(city.log.stream().filter(t -> t.from() == Verdict.LINE_FAULT))
                .as("all looked at when some are back")
                .hasSize(cameras);
    }

    @Test
    void whatOthersWereSeenInTooIsConfirmedWithTheFirst() {
        City city = city();
        for (int i = 0; i < 6; i++) {
            city.save(on("L-17", i));
        }
        city.run(Duration.ofSeconds(10));
        city.probeTakes = Duration.ofSeconds(3);
        for (int i = 0; i < 5; i++) {
            city.echoes.put(ip(i), IcmpStatus.TIMEOUT);
        }
        city.engine.check(new CameraId("c0")).subscribe();
        city.run(Duration.ofSeconds(30));
        assertThat(lineFaults(city)).extracting(t -> t.cameraId().value()).hasSize(5);
        assertThat(lineFaults(city))
                .as("seen three seconds later, confirmed at the same time")
                .extracting(StatusTransition::occurredAt)
                .containsOnly(lineFaults(city).getFirst().occurredAt());
        assertThat(lineFaults(city))
                .extracting(t -> requireNonNull(t.evidence().siblings()))
                .containsOnly(new Siblings("line:L-17", 5, 4));
        assertThat(city.engine.status(new CameraId("c4")).orElseThrow().verdict())
                .isEqualTo(Verdict.LINE_FAULT);
    }

    @Test
    void whereHalfOfALineIsDownTheOthersAreNotLookedAtAgainAndAgain() {
        int cameras = 200;
        City city = city("failing-parallelism=4096", "failing-echo-parallelism=4096");
        for (int i = 0; i < cameras; i++) {
            city.save(on("L-17", i));
        }
        city.run(Duration.ofSeconds(10));
        for (int i = 0; i < cameras; i += 2) {
            city.echoes.put(ip(i), IcmpStatus.TIMEOUT);
        }
        city.pinged.clear();
        for (int i = 0; i < 8; i += 2) {
            city.engine.check(new CameraId("c" + i)).subscribe();
        }
        city.run(Duration.ofSeconds(25));
        assertThat(city.pinged.stream().filter(ip -> !city.echoes.containsKey(ip)).count())
                .isLessThan(2L * cameras / 2);
        assertThat(lineFaults(city)).allMatch(t -> !city.echoes.isEmpty());
    }

    @Test
    void aCameraThatFailsAloneIsSeenToFailAlone() {
        City city = city();
        for (int i = 0; i < 30; i++) {
            city.save(on("L-17", i));
        }
        city.run(Duration.ofSeconds(5));
        city.echoes.put(ip(3), IcmpStatus.TIMEOUT);
        city.pinged.clear();
        city.engine.check(new CameraId("c3")).subscribe();
        city.run(Duration.ofSeconds(10));
        Siblings said = requireNonNull(lineFaults(city).getFirst().evidence().siblings());
        assertThat(said.key()).isEqualTo("line:L-17");
        assertThat(said.checked()).isBetween(8, 10);
        assertThat(said.failed()).isZero();
        assertThat(city.pinged.size()).as("8 others, not all").isLessThan(20);
    }

    @Test
    void theOneSubnetSpeaksWhereNoLineIsKnown() {
        assertThat(Kin.keys(on(null, 7))).containsExactly("net:10.7.0.0/24");
        assertThat(Kin.keys(on("L", 7))).containsExactly("line:L", "net:10.7.0.0/24");
        assertThat(Kin.keys(City.camera("x", "cam-7.example", null))).isEmpty();
    }

    @Test
    void noFaultIsConfirmedBeforeACanaryHasAnsweredSinceItBegan() {
        City city = city("canaries=10.200.0.1", "confirm=100ms,200ms");
        for (int i = 0; i < 10; i++) {
            city.save(on("L-" + i, i));
        }
        city.run(Duration.ofSeconds(5));
        int before = city.log.size();
        city.echoes.put("10.200.0.1", IcmpStatus.TIMEOUT);
        for (int i = 0; i < 10; i++) {
            city.echoes.put(ip(i), IcmpStatus.TIMEOUT);
            city.engine.check(new CameraId("c" + i)).subscribe();
        }
        city.run(Duration.ofSeconds(20));
        assertThat(city.log).as("the monitor's own link is cut").hasSize(before);
        assertThat(city.engine.status().state()).isEqualTo(EngineState.BLIND);
        city.echoes.remove("10.200.0.1");
        city.run(Duration.ofSeconds(10));
        assertThat(lineFaults(city)).as("it was not only the link").hasSize(4);
    }
}
