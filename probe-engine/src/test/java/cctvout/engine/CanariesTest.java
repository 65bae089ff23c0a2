package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.icmp.IcmpStatus;
import cctvout.network.AllowedNetworks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

/** What our own side keeps us from asking is no silence of a canary. */
class CanariesTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final String GATE = "gate.example";

    private final City city = new City(City.settings(QUARTER, "canaries=" + GATE));

    @AfterEach
    void stop() {
        city.close();
    }

    @Test
    void anAddressThatMayNotBePingedIsRefusedByBothSettings() {
        List<String> canaries = List.of(GATE, "10.0.0.1", "100.64.0.1");
        assertThatThrownBy(() -> Canaries.refuseForbidden(canaries, AllowedNetworks.standard()))
                .hasMessageContaining("cctvout.probe.canaries: 100.64.0.1")
                .hasMessageContaining("cctvout.probe.allowed-networks");
        var named = AllowedNetworks.of(List.of("private", "100.64.0.0/10"));
        assertThatCode(() -> Canaries.refuseForbidden(canaries, named)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DNS_TIMEOUT", "BLOCKED_ADDRESS", "PROBER_OVERLOAD"})
    void aLineFaultIsToldThoughNoCanaryCanBeAsked(String why) {
        city.unasked.put(GATE, why);
        networks(2);
        silence(1, 1);
        city.runToTransition("c1");
        assertThat(city.history("c1")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
        assertThat(city.engine.status().state()).isEqualTo(EngineState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30})
    void whereNobodyAnswersEitherItIsTheMonitorThatIsBlindAndNoCameraIsCalledDown(int networks) {
        networks(networks);
        city.unasked.put(GATE, "DNS_TIMEOUT");
        silence(1, networks);
        city.run(QUARTER.multipliedBy(2));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.BLIND);
        city.echoes.clear();
        city.run(QUARTER);
        assertThat(city.engine.status().state()).isEqualTo(EngineState.RUNNING);
        assertThat(city.log).as("each became healthy once").hasSize(networks);
    }

    @Test
    void aCanaryThatCanBeAskedAgainSpeaksAgain() {
        city.unasked.put(GATE, "DNS_TIMEOUT");
        networks(2);
        silence(1, 2);
        city.run(QUARTER.plusSeconds(20));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.BLIND);
        city.unasked.clear();
        city.run(Duration.ofSeconds(20));
        assertThat(city.history("c1")).endsWith("HEALTHY>LINE_FAULT ICMP_TIMEOUT");
        assertThat(city.engine.status().state()).isEqualTo(EngineState.RUNNING);
        city.echoes.put(GATE, IcmpStatus.TIMEOUT);
        city.run(Duration.ofSeconds(10));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.BLIND);
    }

    @Test
    void aSocketThatBrokeIsTheMonitorsIllness() {
        networks(2);
        city.unasked.put(GATE, "SOCKET_BROKEN");
        city.run(Duration.ofSeconds(10));
        assertThat(city.engine.status().state()).isEqualTo(EngineState.BLIND);
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
