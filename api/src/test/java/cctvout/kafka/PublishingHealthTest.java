package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

class PublishingHealthTest {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final PublishingState state = new PublishingState(new SimpleMeterRegistry(), now::get);
    private final PublishingHealth health = new PublishingHealth(state);

    @Test
    void aBrokerThatRefusesIsShownUntilItTakesRecordsAgain() {
        state.begun();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        state.failed(new IllegalStateException("no such topic"));
        assertThat(health.health().getStatus()).isEqualTo(PublishingHealth.DEGRADED);
        assertThat(health.health().getDetails())
                .containsEntry("trouble", "java.lang.IllegalStateException: no such topic")
                .containsEntry("publishes", false);
        state.begun();
        state.sending("kafka");
        state.confirmed("kafka", List.of());
        assertThat(health.health().getStatus()).isEqualTo(PublishingHealth.DEGRADED);
        state.settled("kafka-cameras");
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
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
