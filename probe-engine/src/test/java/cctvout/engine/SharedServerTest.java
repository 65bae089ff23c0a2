package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.HlsReason;
import cctvout.icmp.IcmpStatus;
import cctvout.status.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Cameras that stream from one server: whose fault it is when some of them fail there. */
class SharedServerTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final City city = new City(City.settings(QUARTER));

    @AfterEach
    void stop() {
        city.close();
    }

    @Test
    void aDeadMediaServerIsOneServersFaultForItsCamerasAndTheyAreAllLookedAtAtOnce() {
        city.start();
        for (int i = 0; i < 92; i++) {
            city.save(City.camera("c" + i, null, url(i)));
        }
        city.run(Duration.ofSeconds(2));
        city.echoes.put("10.9.9.9", IcmpStatus.TIMEOUT);
        for (int i = 0; i < 92; i++) {
            city.streams.put(url(i), HlsReason.CONNECT_TIMEOUT);
        }
        int before = city.log.size();
        city.run(Duration.ofSeconds(70));
        assertThat(city.log.subList(before, city.log.size()))
                .extracting(t -> t.to())
                .hasSize(92)
                .containsOnly(Verdict.STREAM_SERVER_FAULT);
        city.echoes.clear();
        city.streams.clear();
        city.run(Duration.ofSeconds(35));
        assertThat(city.log).hasSize(before + 184);
    }

    /** A dead server's connections take long, and most checks of it wait in our queue in vain. */
    @Test
    void whatOurOwnQueueGaveUpDoesNotSpeakForAServer() {
        city.start();
        for (int i = 0; i < 100; i++) {
            city.save(City.camera("c" + i, "10.1.0." + i, url(i)));
        }
        city.run(Duration.ofSeconds(2));
        for (int i = 0; i < 100; i++) {
            boolean asked = i % 5 == 0;
            city.streams.put(url(i), asked ? HlsReason.CONNECT_TIMEOUT : HlsReason.PROBER_OVERLOAD);
        }
        city.run(QUARTER.multipliedBy(2));
        assertThat(city.log.subList(100, city.log.size()))
                .extracting(t -> t.to())
                .hasSize(20)
                .containsOnly(Verdict.STREAM_SERVER_FAULT);
    }

    @Test
    void aCameraThatComesToADeadServerIsNoFaultOfItsOwn() {
        city.start();
        for (int i = 0; i < 20; i++) {
            city.streams.put(url(i), HlsReason.HTTP_5XX);
            city.save(City.camera("c" + i, null, url(i)));
        }
        city.run(QUARTER);
        city.streams.put(url(99), HlsReason.HTTP_5XX);
        city.save(City.camera("new", null, url(99)));
        city.run(Duration.ofSeconds(20));
        assertThat(city.log)
                .hasSize(21)
                .allMatch(t -> t.to() == Verdict.STREAM_SERVER_FAULT)
                .anyMatch(t -> t.cameraId().value().equals("new"));
    }

    @Test
    void camerasThatFailOneByOneOnAServerThatIsWellAreTheirOwnFault() {
        city.start();
        for (int i = 0; i < 92; i++) {
            city.save(City.camera("c" + i, null, url(i)));
        }
        city.run(Duration.ofSeconds(2));
        for (int i = 0; i < 12; i++) {
            city.streams.put(url(i), HlsReason.HTTP_5XX);
            city.runToTransition("c" + i);
            assertThat(city.history("c" + i)).endsWith("HEALTHY>CAMERA_FAULT HTTP_5XX");
        }
        assertThat(city.log).hasSize(92 + 12);
    }

    @Test
    void camerasOfOneServerShareItsEchoes() {
        city.start();
        for (int i = 0; i < 92; i++) {
            city.save(City.camera("c" + i, null, url(i)));
        }
        city.run(Duration.ofSeconds(2));
        assertThat(city.pinged.size()).isLessThan(5);
        assertThat(city.streamed).hasSize(92);
    }

    @Test
    void aServerThatStopsIsItsOwnFaultThoughOneOfItsFewCamerasHadOneBefore() {
        deadChannelsThenAServerThatStops(3, 1);
        assertThat(city.history("c0"))
                .as("it has failed otherwise since")
                .endsWith("CAMERA_FAULT>STREAM_SERVER_FAULT CONNECT_REFUSED");
        answer(0, 3);
        city.streams.put(url(0), HlsReason.HTTP_404);
        city.run(QUARTER.plusSeconds(30));
        assertThat(city.history("c0")).endsWith("STREAM_SERVER_FAULT>CAMERA_FAULT HTTP_404");
        assertThat(city.history("c2")).endsWith("STREAM_SERVER_FAULT>HEALTHY OK");
    }

    @Test
    void aServerThatStopsIsItsOwnFaultThoughMostOfItsChannelsWereDead() {
        deadChannelsThenAServerThatStops(6, 4);
    }

    @Test
    void aLargeServerThatStopsIsItsOwnFaultThoughMostOfItsChannelsWereDead() {
        deadChannelsThenAServerThatStops(100, 90);
    }

    private void deadChannelsThenAServerThatStops(int cameras, int dead) {
        city.start();
        for (int i = 0; i < dead; i++) {
            city.streams.put(url(i), HlsReason.HTTP_404);
        }
        register(cameras);
        city.run(QUARTER.multipliedBy(2));
        refuse(0, cameras);
        city.run(QUARTER.plusSeconds(30));
        for (int i = 0; i < cameras; i++) {
            String before = i < dead ? "CAMERA_FAULT" : "HEALTHY";
            assertThat(city.history("c" + i))
                    .hasSize(2)
                    .endsWith(before + ">STREAM_SERVER_FAULT CONNECT_REFUSED");
        }
    }

    @Test
    void whatLookedLikeCamerasFaultsOneByOneIsTheServersOnceMostOfThemAreRefused() {
        city.start();
        register(4);
        city.run(Duration.ofSeconds(2));
        refuse(0, 1);
        city.runToTransition("c0");
        refuse(1, 2);
        city.runToTransition("c1");
        assertThat(city.history("c0")).endsWith("HEALTHY>CAMERA_FAULT CONNECT_REFUSED");
        assertThat(city.history("c1")).endsWith("HEALTHY>CAMERA_FAULT CONNECT_REFUSED");
        refuse(2, 3);
        city.runToTransition("c2");
        assertThat(city.history("c2")).endsWith("HEALTHY>STREAM_SERVER_FAULT CONNECT_REFUSED");
        city.run(Duration.ofSeconds(15));
        assertThat(city.history("c0"))
                .hasSize(3)
                .endsWith("CAMERA_FAULT>STREAM_SERVER_FAULT CONNECT_REFUSED");
        assertThat(city.history("c1"))
                .hasSize(3)
                .endsWith("CAMERA_FAULT>STREAM_SERVER_FAULT CONNECT_REFUSED");
        refuse(3, 4);
        city.runToTransition("c3");
        assertThat(city.history("c3")).endsWith("HEALTHY>STREAM_SERVER_FAULT CONNECT_REFUSED");
    }

    /** That their streams are not to be had either is no word on the server. */
    @Test
    void camerasWhoseLinesWereCutOneByOneDoNotBlameTheServer() {
        city.start();
        register(4);
        city.run(Duration.ofSeconds(2));
        for (int i = 0; i < 2; i++) {
            city.echoes.put("10.1.0." + i, IcmpStatus.TIMEOUT);
            city.streams.put(url(i), HlsReason.CONNECT_TIMEOUT);
            city.runToTransition("c" + i);
            assertThat(city.history("c" + i)).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
        }
        refuse(2, 3);
        city.runToTransition("c2");
        assertThat(city.history("c2")).endsWith("HEALTHY>CAMERA_FAULT CONNECT_REFUSED");
    }

    /** Each with an address of its own, which answers. */
    private void register(int cameras) {
        for (int i = 0; i < cameras; i++) {
            city.save(City.camera("c" + i, "10.1.0." + i, url(i)));
        }
    }

    private void refuse(int from, int to) {
        for (int i = from; i < to; i++) {
            city.streams.put(url(i), HlsReason.CONNECT_REFUSED);
        }
    }

    private void answer(int from, int to) {
        for (int i = from; i < to; i++) {
            city.streams.remove(url(i));
        }
    }

    private static String url(int camera) {
        return "http://10.9.9.9:1935/live/cctv" + camera + ".stream/playlist.m3u8";
    }
}
