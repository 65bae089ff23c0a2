package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.icmp.IcmpStatus;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class LanesTest {

    private @Nullable City open;

    @AfterEach
    void stop() {
        if (open != null) {
            open.close();
        }
    }

    private City city(Duration interval, String... settings) {
        City city = new City(City.settings(interval, settings));
        open = city;
        return city;
    }

    private static void cameras(City city, int count, Duration streamTakes) {
        for (int i = 0; i < count; i++) {
            city.streamTakes.put(url(i), streamTakes);
            city.save(City.camera("c" + i, ip(i), url(i)));
        }
    }

    private static String ip(int camera) {
        return "10.1." + camera / 250 + "." + camera % 250;
    }

    private static String url(int camera) {
        return "http://" + ip(camera) + "/s.m3u8";
    }

    @Test
    void anEchoNeverWaitsBehindStreams() {
        City city = city(Duration.ofMinutes(15), "parallelism=1", "slow-parallelism=1");
        city.start();
        cameras(city, 100, Duration.ofSeconds(2));
        city.run(Duration.ofMillis(900));
        assertThat(city.streamed).hasSize(1);
        assertThat(city.pinged).hasSize(100);
    }

    @Test
    void aStreamThatTakesLongGivesItsPlaceBack() {
        City city = city(Duration.ofMinutes(15), "parallelism=1", "slow-after=3s");
        city.start();
        cameras(city, 40, Duration.ofMillis(10));
        city.streamTakes.put(url(0), Duration.ofSeconds(20));
        city.run(Duration.ofMillis(2_900));
        assertThat(city.streamed).hasSize(1);
        city.run(Duration.ofMillis(1_600));
        assertThat(city.streamed).hasSize(40);
        city.run(Duration.ofSeconds(20));
        assertThat(city.history("c0")).containsExactly("UNKNOWN>HEALTHY OK");
    }

    @Test
    void whatWasAskedForGoesFirst() {
        City city = city(Duration.ofMinutes(15), "parallelism=1");
        city.start();
        cameras(city, 50, Duration.ofSeconds(1));
        city.run(Duration.ofMillis(1_500));
        List<Object> answers = new ArrayList<>();
        city.save(City.camera("new", "10.2.0.1", "http://10.2.0.1/s.m3u8"));
        city.run(Duration.ofMillis(10));
        city.engine.check(new CameraId("new")).subscribe(answers::add);
        city.run(Duration.ofSeconds(2));
        assertThat(answers).hasSize(1);
        assertThat(city.streamed.size()).isLessThan(10);
    }

    @Test
    void anOverloadIsSeenSharedFairlyAndNobodysFault() {
        City city = city(Duration.ofSeconds(10), "parallelism=1");
        city.start();
        assertThat(city.engine.status().state()).isEqualTo(EngineState.RUNNING);
        cameras(city, 50, Duration.ofSeconds(1));
        city.run(Duration.ofSeconds(60));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.OVERLOADED);
        assertThat(city.engine.status().explanation()).contains("cctvout.probe.parallelism=1");
        assertThat(city.meters.get("cctvout.probe.waiting").gauge().value()).isGreaterThan(30);
        city.streamed.clear();
        city.run(Duration.ofSeconds(200));
        Map<String, Integer> counts = new HashMap<>();
        city.streamed.forEach(url -> counts.merge(url, 1, Integer::sum));
        assertThat(counts).hasSize(50);
        assertThat(counts.values()).as("200 checks for 50 cameras").allMatch(n -> n >= 3 && n <= 5);
        for (int i = 0; i < 50; i++) {
            city.streamTakes.put(url(i), Duration.ofMillis(1));
        }
        city.run(Duration.ofSeconds(30));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.RUNNING);
        assertThat(city.log).hasSize(50).allMatch(t -> !t.to().isFault());
    }

    @Test
    void whatWasMissedIsCheckedOnceAndThenAtItsOwnPhase() {
        City city = city(Duration.ofSeconds(10), "parallelism=1", "slow-parallelism=1");
        city.start();
        cameras(city, 2, Duration.ofMillis(10));
        city.run(Duration.ofSeconds(20));
        city.streamTakes.put(url(0), Duration.ofSeconds(45));
        city.streamTakes.put(url(1), Duration.ofSeconds(45));
        city.run(Duration.ofSeconds(90));
        city.streamTakes.clear();
        city.run(Duration.ofSeconds(50));
        city.streamed.clear();
        city.run(Duration.ofSeconds(100));
        assertThat(city.streamed).hasSize(20);
    }

    @Test
    void aLoopThatGotNoTurnBlamesNobodyForIt() {
        City city = city(Duration.ofSeconds(10));
        city.start();
        cameras(city, 20, Duration.ofMillis(900));
        city.run(Duration.ofSeconds(20));
        for (int i = 0; i < 20; i++) {
            city.echoes.put(ip(i), IcmpStatus.TIMEOUT);
        }
        city.run(Duration.ofMillis(600));
        city.pauseFor(Duration.ofMillis(1_500));
        city.echoes.clear();
        city.run(Duration.ofMillis(500));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.OVERLOADED);
        assertThat(city.meters.get("cctvout.probe.inconclusive").functionCounter().count())
                .isPositive();
        city.run(Duration.ofSeconds(15));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.RUNNING);
        assertThat(
                        city.meters
                                .get("cctvout.probe.duration")
                                .tag("status", "TIMEOUT")
                                .timer()
                                .count())
                .isPositive();
        assertThat(city.log).hasSize(20);
    }

    @Test
    void aStartSpreadsItsFirstRoundOverTheInterval() {
        City city = city(Duration.ofSeconds(60));
        for (int i = 0; i < 6_000; i++) {
            city.registered(City.camera("c" + i, ip(i), null));
        }
        city.start();
        assertThat(city.pinged).as("within 3 s").isNotEmpty();
        city.run(Duration.ofSeconds(120));
        for (int second = 0; second < 110; second += 10) {
            int from = second * 1000;
            assertThat(city.pingedAt.stream().filter(at -> at >= from && at < from + 10_000))
                    .as("10 s from %d, at a mean of 100/s", second)
                    .hasSizeLessThanOrEqualTo(1_200);
        }
        assertThat(city.log).hasSize(6_000);
    }

    @Test
    void aCameraOfOneSecondIsCheckedEverySecondAndAPausedOneNoMore() {
        City city = city(Duration.ofMinutes(15));
        city.start();
        var camera = City.camera("c", "10.0.0.1", null);
        city.save(City.every(camera, Duration.ofSeconds(1), true));
        city.run(Duration.ofSeconds(61));
        assertThat(city.pinged.size()).isBetween(60, 62);
        city.save(City.every(camera, Duration.ofSeconds(1), false));
        city.run(Duration.ofMillis(200));
        int pinged = city.pinged.size();
        city.run(Duration.ofSeconds(30));
        assertThat(city.pinged).hasSize(pinged);
        assertThat(city.history("c")).endsWith("HEALTHY>UNKNOWN CAMERA_PAUSED");
        city.save(City.every(camera, Duration.ofSeconds(10), true));
        city.run(Duration.ofSeconds(1));
        assertThat(city.pinged.size()).isBetween(pinged + 1, pinged + 2);
    }
}
