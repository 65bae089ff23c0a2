package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.icmp.IcmpStatus;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ProbeEngineTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final City city = new City(City.settings(QUARTER));

    @AfterEach
    void stop() {
        city.close();
    }

    @Test
    void aNewCameraIsCheckedWithinASecondThenOnceAnInterval() {
        city.start();
        city.save(City.camera("c", "10.0.0.1", "http://10.0.0.1/s.m3u8"));
        city.run(Duration.ofSeconds(1));
        assertThat(city.history("c")).containsExactly("UNKNOWN>HEALTHY OK");
        int first = city.pinged.size();
        city.run(QUARTER.multipliedBy(4));
        assertThat(city.pinged.size() - first).isEqualTo(4);
    }

    @Test
    void aCutLineIsConfirmedWithinFiveSecondsAndRecoveredAtTheFirstGoodCheck() {
        city.start();
        city.save(City.camera("c", "10.0.0.1", "http://10.0.0.1/s.m3u8"));
        city.run(Duration.ofSeconds(1));
        city.echoes.put("10.0.0.1", IcmpStatus.TIMEOUT);
        city.streams.put("http://10.0.0.1/s.m3u8", HlsReason.CONNECT_TIMEOUT);
        city.runToTransition("c");
        assertThat(city.history("c")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
        int atFault = city.pinged.size();
        city.run(Duration.ofMinutes(5));
        assertThat(city.pinged.size() - atFault).as("every 30 s while down").isEqualTo(10);
        city.echoes.clear();
        city.streams.clear();
        city.run(Duration.ofSeconds(31));
        assertThat(city.history("c")).hasSize(3).endsWith("LINE_FAULT>HEALTHY OK");
    }

    @Test
    void oneLostRoundIsNoFault() {
        city.start();
        city.save(City.camera("c", "10.0.0.1", null));
        city.run(Duration.ofSeconds(1));
        city.echoes.put("10.0.0.1", IcmpStatus.TIMEOUT);
        toTheNextPing();
        city.run(Duration.ofMillis(80));
        city.echoes.clear();
        city.run(QUARTER);
        assertThat(city.history("c")).containsExactly("UNKNOWN>HEALTHY OK");
    }

    @Test
    void aChangeOfTheCameraIsProbedWithinASecond() {
        city.start();
        city.save(City.camera("c", "10.0.0.1", null));
        city.run(Duration.ofSeconds(1));
        city.save(City.camera("c", "10.0.0.2", null));
        city.run(Duration.ofSeconds(1));
        assertThat(city.pinged).endsWith("10.0.0.2");
    }

    @Test
    void aClockThatIsSetBackDelaysNoConfirmation() {
        city.start();
        city.save(City.camera("c", "10.0.0.1", null));
        city.run(Duration.ofSeconds(1));
        city.echoes.put("10.0.0.1", IcmpStatus.TIMEOUT);
        toTheNextPing();
        city.run(Duration.ofSeconds(1));
        city.setClock(Duration.ofHours(-1));
        city.run(Duration.ofSeconds(8));
        assertThat(city.history("c")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
    }

    @Test
    void whatWasUnderWayWhenTheClockWasSetBackSaysNothing() {
        city.start();
        city.save(City.camera("c", "10.0.0.1", null));
        city.run(Duration.ofSeconds(1));
        toTheNextPing();
        city.setClock(Duration.ofHours(-1));
        city.run(Duration.ofSeconds(1));
        assertThat(city.engine.status().inconclusive()).isEqualTo(1);
    }

    private void toTheNextPing() {
        int before = city.pinged.size();
        while (city.pinged.size() == before) {
            city.run(Duration.ofMillis(20));
        }
    }

    @Test
    void itSaysWhenTheNextCheckIsDue() {
        city.start();
        assertThat(city.engine.status().nextDue()).isNull();
        var camera = City.camera("c", "10.0.0.1", null);
        city.save(City.every(camera, Duration.ofHours(6), true));
        city.run(Duration.ofSeconds(57));
        Instant minute = Instant.EPOCH.plusSeconds(60);
        assertThat(city.engine.status().nextDue())
                .isBetween(minute, minute.plus(Duration.ofHours(6)));
    }

    @Test
    void aRemovedCameraLeavesItsFaultAndIsProbedNoMore() {
        city.registered(
                City.camera("c", "10.0.0.1", null),
                new CameraState(
                        new CameraId("c"),
                        Verdict.LINE_FAULT,
                        "ICMP_TIMEOUT",
                        Instant.EPOCH,
                        null));
        city.echoes.put("10.0.0.1", IcmpStatus.TIMEOUT);
        city.start();
        city.run(Duration.ofMinutes(2));
        assertThat(city.history("c")).as("known from before").isEmpty();
        city.remove("c");
        city.run(Duration.ofSeconds(1));
        assertThat(city.history("c")).containsExactly("LINE_FAULT>UNKNOWN CAMERA_REMOVED");
        int pinged = city.pinged.size();
        city.run(QUARTER);
        assertThat(city.pinged).hasSize(pinged);
    }

    @Test
    void whileTheDatabaseIsAwayProbingGoesOnAndNoTransitionIsLost() {
        city.start();
        city.save(City.camera("c", "10.0.0.1", null));
        city.run(Duration.ofSeconds(1));
        city.databaseAway = true;
        city.echoes.put("10.0.0.1", IcmpStatus.TIMEOUT);
        city.run(QUARTER.plusSeconds(10));
        assertThat(city.meters.get("cctvout.cameras").tag("verdict", "LINE_FAULT").gauge().value())
                .isEqualTo(1);
        int pinged = city.pinged.size();
        city.echoes.clear();
        city.run(QUARTER);
        assertThat(city.pinged.size()).isGreaterThan(pinged);
        assertThat(city.history("c")).hasSize(1);
        city.databaseAway = false;
        city.run(Duration.ofSeconds(10));
        assertThat(city.history("c"))
                .containsExactly(
                        "UNKNOWN>HEALTHY OK",
                        "HEALTHY>LINE_FAULT ICMP_TIMEOUT",
                        "LINE_FAULT>HEALTHY OK");
    }

    @Test
    void aPauseMakesNoFaultAndNoBurst() {
        city.start();
        for (int i = 0; i < 900; i++) {
            city.save(City.camera("c" + i, "10.1." + i / 250 + "." + i % 250, null));
        }
        city.run(QUARTER);
        int before = city.log.size();
        int usual = checksWithin(city, 30);
        city.echoes.putAll(allSilent());
        city.pauseFor(Duration.ofSeconds(30));
        city.echoes.clear();
        assertThat(checksWithin(city, 30)).isLessThanOrEqualTo(2 * usual + 10);
        city.run(QUARTER);
        assertThat(city.log).hasSize(before);
    }

    @Test
    void aPauseWhileAPauseIsMadeUpForMakesNoBurstEither() {
        city.start();
        for (int i = 0; i < 1800; i++) {
            var camera = City.camera("c" + i, "10.1." + i / 250 + "." + i % 250, null);
            city.save(City.every(camera, Duration.ofMinutes(1), true));
        }
        city.run(Duration.ofMinutes(3));
        int usual = checksWithin(city, 60) / 12;
        List<Integer> after = new ArrayList<>();
        for (int pause : List.of(30, 4, 4, 3)) {
            city.pauseFor(Duration.ofSeconds(pause));
            after.add(checksWithin(city, 5));
        }
        for (int i = 0; i < 25; i++) {
            after.add(checksWithin(city, 5));
        }
        assertThat(after).allMatch(checks -> checks <= 2 * usual);
        assertThat(after.subList(25, 29)).allMatch(checks -> checks >= usual / 2);
    }

    private static int checksWithin(City city, int seconds) {
        city.pinged.clear();
        city.run(Duration.ofSeconds(seconds));
        return city.pinged.size();
    }

    private static Map<String, IcmpStatus> allSilent() {
        Map<String, IcmpStatus> silent = new HashMap<>();
        for (int i = 0; i < 900; i++) {
            silent.put("10.1." + i / 250 + "." + i % 250, IcmpStatus.TIMEOUT);
        }
        return silent;
    }

    @Test
    void anAskedCheckAnswersWithWhatItSaw() {
        city.start();
        city.save(City.camera("c", "10.0.0.1", null));
        city.run(Duration.ofSeconds(1));
        city.echoes.put("10.0.0.1", IcmpStatus.TIMEOUT);
        List<CameraStatus> answers = new ArrayList<>();
        city.engine.check(new CameraId("c")).subscribe(answers::add);
        city.run(Duration.ofMillis(200));
        assertThat(answers)
                .extracting(
                        CameraStatus::verdict,
                        status -> java.util.Objects.requireNonNull(status.icmp()).status())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Verdict.HEALTHY, IcmpStatus.TIMEOUT));
        city.run(Duration.ofSeconds(6));
        assertThat(city.history("c")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
    }

    @Test
    void moreAskedChecksThanTheLimitAreRefusedByName() {
        city.start();
        List<Throwable> refusals = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            city.save(City.camera("c" + i, "10.0.0." + i, null));
            city.engine.check(new CameraId("c" + i)).subscribe(_ -> {}, refusals::add);
        }
        assertThat(refusals)
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessageContaining("cctvout.probe.asked-checks"));
    }

    @Test
    void hangingCamerasDoNotDelayTheOthers() {
        city.start();
        Map<String, IcmpStatus> hanging = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            city.save(City.camera("bad" + i, "10.2." + i / 250 + "." + i % 250, null));
            hanging.put("10.2." + i / 250 + "." + i % 250, IcmpStatus.TIMEOUT);
        }
        city.save(City.camera("good", "10.0.0.1", null));
        city.run(Duration.ofSeconds(5));
        city.echoes.putAll(hanging);
        city.run(QUARTER.plusMinutes(1));
        int lines = (int) city.log.stream().filter(t -> t.to() == Verdict.LINE_FAULT).count();
        assertThat(lines).isEqualTo(500);
        city.probeTakes = Duration.ofSeconds(50);
        city.pinged.clear();
        city.run(QUARTER);
        assertThat(city.pinged).filteredOn("10.0.0.1"::equals).hasSize(1);
        assertThat(city.meters.get("cctvout.cameras").tag("verdict", "LINE_FAULT").gauge().value())
                .isEqualTo(500);
    }
}
