package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.icmp.IcmpStatus;
import cctvout.status.CameraState;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.Usual;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

class AnomalyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ON = "anomaly.enabled=true";
    private static final String SOON = "anomaly.warm-up=10";
    private static final String URL = "http://10.0.0.1/s.m3u8";

    private @Nullable City opened;

    @AfterEach
    void stop() {
        if (opened != null) {
            opened.close();
        }
    }

    private City city(String... settings) {
        return opened = new City(City.settings(MINUTE, settings));
    }

    @Test
    void aCameraFarSlowerThanUsualIsDegradedAfterThreeLooksUntilItIsAsUsual() {
        City city = city(ON, SOON);
        city.start();
        usual(city, 1);
        city.roundTrips.put("10.0.0.1", 180.0);
        city.run(MINUTE.plusSeconds(8));

        assertThat(city.history("c1"))
                .containsExactly("UNKNOWN>HEALTHY OK", "HEALTHY>DEGRADED RTT_ANOMALY");
        Usual usually = requireNonNull(city.log.getLast().evidence().usual());
        assertThat(usually.rttMs()).isBetween(12.0, 13.0);
        city.roundTrips.put("10.0.0.1", 14.0);
        city.run(MINUTE);

        assertThat(city.history("c1")).hasSize(3).endsWith("DEGRADED>HEALTHY OK");
        assertThat(city.log.getLast().evidence().usual()).isNull();
    }

    @Test
    void oneSlowLookIsNone() {
        City city = city(ON, SOON);
        city.start();
        usual(city, 1);
        city.roundTrips.put("10.0.0.1", 180.0);
        int before = city.pinged.size();
        while (city.pinged.size() == before) {
            city.run(Duration.ofMillis(100));
        }
        city.roundTrips.put("10.0.0.1", 12.0);
        city.run(MINUTE.multipliedBy(3));

        assertThat(city.history("c1")).containsExactly("UNKNOWN>HEALTHY OK");
    }

    @Test
    void itIsOffUnlessItIsAskedFor() {
        City city = city(SOON);
        city.start();
        usual(city, 1);
        city.roundTrips.put("10.0.0.1", 900.0);
        city.run(MINUTE.multipliedBy(5));

        assertThat(city.history("c1")).containsExactly("UNKNOWN>HEALTHY OK");
    }

    @Test
    void whereAllAreSlowAtOnceItIsOurOwnLinkAndNobodyIsBlamed() {
        City city = city(ON, SOON, "interval=10s");
        city.start();
        usual(city, 300);
        city.log.clear();
        for (int i = 1; i <= 300; i++) {
            city.roundTrips.put("10.0.0." + i, 200.0);
        }
        city.run(MINUTE);
        assertThat(city.log).as("blamed before it showed").hasSizeLessThan(15);
        for (int i = 1; i <= 300; i++) {
            city.roundTrips.put("10.0.0." + i, 12.0);
        }
        city.run(MINUTE);
        city.log.clear();
        city.roundTrips.put("10.0.0.7", 200.0);
        city.run(MINUTE);
        assertThat(city.history("c7")).containsExactly("HEALTHY>DEGRADED RTT_ANOMALY");
    }

    @Test
    void aFaultThatEndsIsOverHoweverSlowTheCameraIs() {
        City city = city(ON, SOON);
        city.start();
        usual(city, 1);
        city.streams.put(URL, HlsReason.HTTP_404);
        city.runToTransition("c1");
        city.roundTrips.put("10.0.0.1", 200.0);
        city.streams.clear();
        city.run(MINUTE.multipliedBy(2));

        assertThat(city.history("c1"))
                .containsExactly(
                        "UNKNOWN>HEALTHY OK",
                        "HEALTHY>CAMERA_FAULT HTTP_404",
                        "CAMERA_FAULT>DEGRADED RTT_ANOMALY");
    }

    @Test
    void whatIsSlowerWhileNoCanaryAnswersIsNobodysFault() {
        City city = city(ON, SOON, "canaries=10.255.0.1");
        city.start();
        usual(city, 1);
        city.echoes.put("10.255.0.1", IcmpStatus.TIMEOUT);
        city.run(Duration.ofSeconds(10));
        city.roundTrips.put("10.0.0.1", 400.0);
        city.run(MINUTE.multipliedBy(5));

        assertThat(city.history("c1")).containsExactly("UNKNOWN>HEALTHY OK");
    }

    @Test
    void anotherAddressIsAnotherCameraToCompareWith() {
        City city = city(ON, SOON);
        city.start();
        usual(city, 1);
        city.roundTrips.put("10.0.0.2", 300.0);
        city.save(City.camera("c1", "10.0.0.2", URL));
        city.run(MINUTE.multipliedBy(5));

        assertThat(city.history("c1")).containsExactly("UNKNOWN>HEALTHY OK");
    }

    @Test
    void aRestartNeitherEndsAnAnomalyNorKeepsItAlive() {
        City city = city(ON, SOON);
        var since = Instant.EPOCH;
        var id = new CameraId("c1");
        var evidence = Evidence.NONE.unlike(new Usual(12, 0, 0));
        city.log.add(
                new StatusTransition(
                        1, id, Verdict.HEALTHY, Verdict.DEGRADED, "RTT_ANOMALY", evidence, since));
        city.registered(
                City.camera("c1", "10.0.0.1", URL),
                new CameraState(id, Verdict.DEGRADED, "RTT_ANOMALY", since, null));
        city.roundTrips.put("10.0.0.1", 180.0);
        city.start();
        city.run(MINUTE.multipliedBy(20));
        assertThat(city.history("c1")).hasSize(1);
        city.roundTrips.put("10.0.0.1", 13.0);
        city.run(MINUTE);

        assertThat(city.history("c1")).hasSize(2).endsWith("DEGRADED>HEALTHY OK");
    }

    @ParameterizedTest
    @CsvSource({
        "factor=1.2, between 1.5 and 100",
        "factor=NaN, between 1.5 and 100",
        "slower-by=0s, not between PT0.001S and PT10S",
        "loss=2, between 0.01 and 1",
        "warm-up=1, between 5 and 100000",
        "history=1m, not between PT1H and PT2160H"
    })
    void aSettingThatCannotBeIsRefusedByItsName(String setting, String why) {
        String name = "cctvout.probe.anomaly." + setting.substring(0, setting.indexOf('='));
        assertThatThrownBy(() -> City.settings(MINUTE, "anomaly." + setting))
                .rootCause()
                .hasMessageContaining(name + " is ")
                .hasMessageContaining(why);
    }

    /** Cameras c1 and on, each looked at for twenty rounds. */
    private static void usual(City city, int cameras) {
        for (int i = 1; i <= cameras; i++) {
            city.roundTrips.put("10.0.0." + i, 12.0);
            city.save(City.camera("c" + i, "10.0.0." + i, i == 1 ? URL : null));
        }
        city.run(cameras == 1 ? MINUTE.multipliedBy(20) : MINUTE.multipliedBy(5));
    }
}
