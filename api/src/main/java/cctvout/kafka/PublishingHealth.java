package cctvout.kafka;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * DEGRADED while the broker takes nothing. Not DOWN, and no part of readiness: what this process is
 * there for goes on.
 */
final class PublishingHealth implements HealthIndicator {

    static final Status DEGRADED = new Status("DEGRADED", "records wait for Kafka");

    private final PublishingState state;

    PublishingHealth(PublishingState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        String trouble = state.trouble();
        Health.Builder health = trouble == null ? Health.up() : Health.status(DEGRADED);
        if (trouble != null) {
            health.withDetail("trouble", trouble);
        }
        return health.withDetail("publishes", state.isActive())
                .withDetail("lag", state.lag(LogFeed.CONSUMER))
                .build();
    }
}
