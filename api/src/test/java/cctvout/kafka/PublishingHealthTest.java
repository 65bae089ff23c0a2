package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

class PublishingHealthTest {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PublishingState state = new PublishingState(meters, now::get);
    private final PublishingHealth health = new PublishingHealth(state);

    @Test
    void aBrokerThatRefusesIsShownUntilItTakesRecordsOfThatFeedAgain() {
        state.begun();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        state.sending("kafka");
        state.failed("kafka", new BrokerException("no such topic"));
        assertThat(health.health().getStatus()).isEqualTo(PublishingHealth.DEGRADED);
        assertThat(health.health().getDetails())
                .containsEntry("trouble", "no such topic")
                .containsEntry("publishes", true);
        state.sending("kafka-cameras");
        state.confirmed("kafka-cameras", List.of());
        state.sending("kafka");
        assertThat(health.health().getStatus()).isEqualTo(PublishingHealth.DEGRADED);
        state.confirmed("kafka", List.of());
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aFeedIsHeldFromTheFirstTryUntilSomethingOfItIsConfirmed() {
        state.begun();
        assertThat(held("kafka")).isZero();
        for (int tries = 0; tries < 10; tries++) {
            state.sending("kafka");
            now.updateAndGet(it -> it.plusSeconds(60));
            state.failed("kafka", new BrokerException("too large"));
        }
        assertThat(held("kafka")).isEqualTo(600);
        assertThat(held("kafka-cameras")).isZero();
        state.confirmed("kafka", List.of());
        assertThat(held("kafka")).isZero();

        state.failed("kafka", new BrokerException("no broker"));
        now.updateAndGet(it -> it.plusSeconds(60));
        state.standsBy();
        assertThat(held("kafka")).as("another process publishes").isZero();
    }

    @Test
    void theRuleAsksForWhatIsThere() {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new PublishingState(prometheus, now::get);
        assertThat(prometheus.scrape())
                .contains(
                        "cctvout_kafka_held_seconds{consumer=\"kafka\"} 0.0",
                        "cctvout_kafka_held_seconds{consumer=\"kafka-cameras\"} 0.0");
    }

    private double held(String consumer) {
        return meters.get("cctvout.kafka.held")
                .tag("consumer", consumer)
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }

    @Test
    void aBatchWithoutConfirmationIsShownAfterTenSeconds() {
        state.begun();
        state.sending("kafka");
        now.updateAndGet(it -> it.plusSeconds(9));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        now.updateAndGet(it -> it.plusSeconds(2));
        assertThat(health.health().getStatus()).isEqualTo(PublishingHealth.DEGRADED);
        state.confirmed("kafka", List.of());
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aTroubleIsForgottenWhenAnotherProcessPublishes() {
        state.failed(new IllegalStateException("gone"));
        state.standsBy();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }
}
