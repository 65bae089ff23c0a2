package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.HlsReason;
import cctvout.icmp.IcmpStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** No canary is named: the cameras themselves tell a blind monitor from lines that are down. */
class WitnessesTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final City city = new City(City.settings(QUARTER));

    @AfterEach
    void stop() {
        city.close();
    }

    @Test
    void whereNothingAnswersOnAnyLineTheMonitorIsBlindAndNoCameraIsCalledDown() {
        networks(30);
        silence(1, 30);
        city.run(QUARTER.multipliedBy(2));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.BLIND);
        city.echoes.clear();
        city.run(QUARTER);
        assertThat(city.engine.status().state()).isEqualTo(EngineState.RUNNING);
        assertThat(city.log).as("each became healthy once").hasSize(30);
    }

    /** A cut link keeps us from the name server too. */
    @Test
    void norIsACameraWhoseStreamsNameIsNotToBeHadEither() {
        city.start();
        for (int i = 1; i <= 30; i++) {
            city.save(City.camera("c" + i, "10.0." + i + ".1", "http://s.example/" + i + ".m3u8"));
        }
        city.run(Duration.ofSeconds(2));
        silence(1, 30);
        for (int i = 1; i <= 30; i++) {
            city.streams.put("http://s.example/" + i + ".m3u8", HlsReason.DNS_TIMEOUT);
        }
        city.run(QUARTER.multipliedBy(2));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.BLIND);
        assertThat(city.log).as("each became healthy once").hasSize(30);
    }

    @Test
    void oneThatFallsSilentAloneIsToldNoLaterThanWithoutWitnesses() {
        networks(6);
        silence(4, 4);
        city.runToTransition("c4");
        assertThat(city.history("c4")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
        long first = -1;
        long last = 0;
        for (int i = 0; i < city.pinged.size(); i++) {
            if (city.pinged.get(i).equals("10.0.4.1") && city.pingedAt.get(i) > 4_000) {
                first = first < 0 ? city.pingedAt.get(i) : first;
                last = city.pingedAt.get(i);
            }
        }
        assertThat(last - first)
                .as("ms from the first bad look to the last")
                .isBetween(4_900L, 5_300L);
        assertThat(city.engine.status().state()).isEqualTo(EngineState.RUNNING);
    }

    @Test
    void linesThatAreCutTogetherAreDownAsLongAsAnotherAnswers() {
        networks(6);
        silence(1, 5);
        city.run(QUARTER.plusSeconds(20));
        for (int i = 1; i <= 5; i++) {
            assertThat(city.history("c" + i)).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
        }
        assertThat(city.history("c6")).hasSize(1);
    }

    @Test
    void twoLinesThatAreAllThereIsMayBeDownTogether() {
        networks(2);
        silence(1, 2);
        city.run(QUARTER.plusSeconds(20));
        assertThat(city.history("c1")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
        assertThat(city.history("c2")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
    }

    @Test
    void aServerThatManyLinesStreamFromIsOneWay() {
        city.start();
        for (int i = 1; i <= 6; i++) {
            city.save(City.camera("c" + i, null, "http://10.1.0.1/" + i + ".m3u8", "L-" + i));
        }
        city.run(Duration.ofSeconds(2));
        city.echoes.put("10.1.0.1", IcmpStatus.TIMEOUT);
        for (int i = 1; i <= 6; i++) {
            city.streams.put("http://10.1.0.1/" + i + ".m3u8", HlsReason.CONNECT_TIMEOUT);
        }
        city.run(QUARTER.plusSeconds(20));
        for (int i = 1; i <= 6; i++) {
            assertThat(city.history("c" + i).getLast()).startsWith("HEALTHY>STREAM_SERVER_FAULT");
        }
    }

    @Test
    void whatIsStillDownWhenSightComesBackIsCalledDownThen() {
        networks(10);
        silence(1, 10);
        city.run(QUARTER);
        city.echoes.clear();
        silence(3, 3);
        city.run(QUARTER.plusSeconds(20));
        assertThat(city.history("c3")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
        assertThat(city.log).hasSize(11);
    }

    /** One camera in each. */
    private void networks(int count) {
        city.start();
        for (int i = 1; i <= count; i++) {
            city.save(City.camera("c" + i, "10.0." + i + ".1", null));
        }
        city.run(Duration.ofSeconds(2));
        assertThat(city.log).hasSize(count);
    }

    private void silence(int from, int to) {
        for (int i = from; i <= to; i++) {
            city.echoes.put("10.0." + i + ".1", IcmpStatus.TIMEOUT);
        }
    }
}
