package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.status.CameraState;
import cctvout.status.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class FirstSweepTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int CAMERAS = 6000;
    private static final int A_SECOND = CAMERAS / 60;

    private int saved;
    private final City city = new City(City.settings(MINUTE));

    @AfterEach
    void stop() {
        city.close();
    }

    @Test
    void streamsThatWereWellAreNotAllLookedAtTwiceAfterAStart() {
        city.secondLook = Duration.ofSeconds(4);
        started(Verdict.HEALTHY);
        city.run(MINUTE);
        assertThat(city.streamed.stream().distinct()).hasSize(CAMERAS);
        assertThat(city.streamed.size()).isBetween(CAMERAS * 105 / 100, CAMERAS * 111 / 100);
        assertThat(mostWithinTenSeconds()).isLessThan(10 * A_SECOND * 12 / 10);
        city.run(MINUTE);
        city.streamed.clear();
        city.run(MINUTE);
        assertThat(city.streamed).as("once all are proven").hasSize(CAMERAS);
    }

    @Test
    void aStreamThatWasDownIsLookedAtAgainAsSoonAsItAsks() {
        city.secondLook = Duration.ofSeconds(4);
        started(Verdict.CAMERA_FAULT);
        city.run(Duration.ofSeconds(66));
        assertThat(city.streamed.stream().distinct()).hasSize(CAMERAS);
        for (String url : city.streamed) {
            assertThat(Collections.frequency(city.streamed, url)).isGreaterThanOrEqualTo(2);
        }
        assertThat(city.log).hasSize(CAMERAS);
    }

    @Test
    void aNewCamerasStreamIsLookedAtAgainAsSoonAsItAsks() {
        city.secondLook = Duration.ofSeconds(4);
        city.start();
        city.save(camera(1));
        city.run(Duration.ofSeconds(1));
        assertThat(city.streamed).hasSize(1);
        city.run(Duration.ofSeconds(4));
        assertThat(city.streamed).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void camerasThatAreAllChangedAtOnceMakeNoBurst() {
        started(Verdict.HEALTHY);
        city.run(Duration.ofMinutes(2));
        city.streamed.clear();
        for (int i = 0; i < CAMERAS; i++) {
            city.save(City.every(camera(i), Duration.ofHours(1), true));
        }
        city.run(Duration.ofSeconds(1));
        assertThat(city.streamed).hasSizeBetween(150, 310);
        city.run(Duration.ofSeconds(31));
        assertThat(city.streamed.stream().distinct()).hasSize(CAMERAS);
    }

    @Test
    void camerasOfALargeImportAreLookedAtWhenItIsOver() {
        city.start();
        imported(20);
        assertThat(city.streamed).hasSizeLessThan(500);
        int meanwhile = city.streamed.size();
        city.run(Duration.ofSeconds(4));
        assertThat(city.streamed).hasSizeBetween(meanwhile + 350, meanwhile + 700);
        city.run(Duration.ofSeconds(45));
        assertThat(city.streamed.stream().distinct()).as("none is forgotten").hasSize(6000);
    }

    @Test
    void anImportOfWhichThereIsNoEndIsNotWaitedFor() {
        city.start();
        imported(58);
        city.streamed.clear();
        imported(10);
        assertThat(city.streamed).hasSizeBetween(600, 1000);
    }

    @Test
    void aFewNewCamerasAreLookedAtAtOnce() {
        city.start();
        imported(1);
        assertThat(city.streamed).hasSizeBetween(90, 120);
        city.run(Duration.ofSeconds(1));
        assertThat(city.streamed).hasSizeBetween(290, 310);
    }

    /** A batch every half second. */
    private void imported(int batches) {
        for (int batch = 0; batch < batches; batch++) {
            for (int i = 0; i < 300; i++) {
                city.save(City.every(camera(saved++), Duration.ofHours(1), true));
            }
            city.run(Duration.ofMillis(500));
        }
    }

    @Test
    void whoAsksForACheckWaitsForNoImport() {
        city.start();
        imported(10);
        List<Object> answers = new ArrayList<>();
        city.engine.check(new CameraId("c2999")).subscribe(answers::add);
        city.run(Duration.ofSeconds(1));
        assertThat(answers).hasSize(1);
    }

    @Test
    void whileThereIsTooMuchToDoNewCamerasComeAQuarterAsFast() {
        city.start();
        for (int i = 0; i < 2000; i++) {
            city.save(camera(i));
        }
        city.run(Duration.ofSeconds(4));
        assertThat(city.streamed).hasSizeBetween(350, 500);
        overload();
        city.streamed.clear();
        city.run(Duration.ofSeconds(4));
        assertThat(city.streamed).as("usually 800 and more").hasSizeBetween(150, 350);
        city.run(Duration.ofSeconds(70));
        assertThat(city.streamed.stream().distinct()).as("none is forgotten").hasSize(2000);
    }

    @Test
    void whileThereIsTooMuchToDoAStreamThatIsWellIsNotLookedAtTwice() {
        city.secondLook = Duration.ofSeconds(4);
        city.start();
        overload();
        city.save(City.every(camera(1), Duration.ofHours(1), true));
        city.run(Duration.ofSeconds(9));
        assertThat(city.streamed).hasSize(1);
        assertThat(city.log).extracting(moved -> moved.to()).containsExactly(Verdict.HEALTHY);
    }

    @Test
    void whoAsksForACheckWaitsForNoOverload() {
        city.start();
        overload();
        for (int i = 0; i < 500; i++) {
            city.save(City.every(camera(i), Duration.ofHours(1), true));
        }
        city.run(Duration.ofMillis(100));
        List<Object> answers = new ArrayList<>();
        city.engine.check(new CameraId("c499")).subscribe(answers::add);
        city.run(Duration.ofSeconds(1));
        assertThat(answers).hasSize(1);
    }

    private void overload() {
        city.run(Duration.ofSeconds(1));
        city.pauseFor(Duration.ofMillis(1_500));
        city.run(Duration.ofMillis(10));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.OVERLOADED);
    }

    @Test
    void nothingIsShownOfACameraBeforeItsFirstCheckHere() {
        city.registered(
                City.every(camera(1), Duration.ofHours(24), true), stored(1, Verdict.HEALTHY));
        city.engine.start();
        city.run(Duration.ofMillis(10));
        assertThat(city.engine.status(new CameraId("c1"))).isEmpty();
        city.run(Duration.ofHours(24));
        assertThat(city.engine.status(new CameraId("c1"))).isPresent();
    }

    private void started(Verdict verdict) {
        for (int i = 0; i < CAMERAS; i++) {
            city.registered(camera(i), stored(i, verdict));
        }
        city.engine.start();
    }

    private static CameraState stored(int i, Verdict verdict) {
        return new CameraState(new CameraId("c" + i), verdict, "OK", Instant.EPOCH, null);
    }

    private static Camera camera(int i) {
        return City.camera("c" + i, null, url(i));
    }

    private static String url(int i) {
        return "http://10.1." + i / 250 + "." + i % 250 + "/s.m3u8";
    }

    private int mostWithinTenSeconds() {
        List<Long> at = city.streamedAt;
        int most = 0;
        int first = 0;
        for (int last = 0; last < at.size(); last++) {
            while (at.get(last) - at.get(first) >= 10_000) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
