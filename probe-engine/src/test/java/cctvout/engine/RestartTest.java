package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.status.CameraState;
import cctvout.status.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/** Faults that stood when the engine ended, and stand when it begins again. */
class RestartTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Instant LONG_AGO = Instant.EPOCH.minus(Duration.ofDays(1));

    private final City city = new City(City.settings(QUARTER));

    @AfterEach
    void stop() {
        city.close();
    }

    @Test
    void aServersFaultThatStandsBecomesNoCamerasFault() {
        for (int i = 0; i < 20; i++) {
            known("c" + i, url(i), Verdict.STREAM_SERVER_FAULT);
            city.streams.put(url(i), HlsReason.HTTP_5XX);
        }
        city.start();
        city.run(QUARTER.multipliedBy(2));
        assertThat(city.log).isEmpty();
        assertThat(city.streamed).hasSizeLessThan(10 * 20);

        city.streams.clear();
        city.run(QUARTER.plusSeconds(1));
        assertThat(city.log)
                .hasSize(20)
                .allMatch(t -> t.from() == Verdict.STREAM_SERVER_FAULT)
                .allMatch(t -> t.to() == Verdict.HEALTHY);
    }

    private void known(String id, String url, Verdict verdict) {
        city.registered(
                City.camera(id, null, url),
                new CameraState(new CameraId(id), verdict, "HTTP_5XX", LONG_AGO, null));
    }

    private static String url(int camera) {
        return "http://10.9.9.9:1935/live/cctv" + camera + ".stream/playlist.m3u8";
    }
}
