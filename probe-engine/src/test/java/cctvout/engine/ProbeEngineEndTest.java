package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The process is told to end while it probes. */
class ProbeEngineEndTest {

    private final City city = new City(City.settings(Duration.ofMinutes(15)));

    @AfterEach
    void stop() {
        city.close();
    }

    @Test
    void whatIsUnderWayWhenItEndsStillCountsAndNothingMoreBegins() {
        city.probeTakes = Duration.ofSeconds(1);
        city.start();
        city.save(City.camera("c", "10.0.0.1", null));
        city.save(City.every(City.camera("e", "10.0.0.2", null), Duration.ofSeconds(1), true));
        while (!city.pinged.contains("10.0.0.1")) {
            city.run(Duration.ofMillis(5));
        }
        assertThat(city.history("c")).isEmpty();
        AtomicBoolean ended = new AtomicBoolean();
        city.engine.stop(() -> ended.set(true));
        int begun = city.pinged.size();
        assertThat(ended).isFalse();

        city.run(Duration.ofMillis(1_500));
        assertThat(ended).isTrue();
        assertThat(city.history("c")).containsExactly("UNKNOWN>HEALTHY OK");
        city.run(Duration.ofSeconds(10));
        assertThat(city.pinged).hasSize(begun);
    }

    @Test
    void whoWaitsForACheckThatTakesLongerThanTheEndIsTold() {
        city.start();
        city.streamTakes.put("http://10.0.0.1/s.m3u8", Duration.ofSeconds(20));
        city.save(City.camera("c", null, "http://10.0.0.1/s.m3u8"));
        city.run(Duration.ofSeconds(1));
        List<Throwable> told = new ArrayList<>();
        city.engine.check(new CameraId("c")).subscribe(_ -> {}, told::add);
        city.run(Duration.ofMillis(100));
        AtomicBoolean ended = new AtomicBoolean();
        city.engine.stop(() -> ended.set(true));
        city.engine.check(new CameraId("c")).subscribe(_ -> {}, told::add);

        city.run(Duration.ofSeconds(4));
        assertThat(ended).isTrue();
        assertThat(told).hasSize(2).allMatch(EngineStoppingException.class::isInstance);
    }
}
