package cctvout.health;

import cctvout.store.Database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Looks whether PostgreSQL answers, and whether it takes what is written; who asks for health gets
 * the last look's word and waits for nobody. A part of readiness, not of liveness: without its
 * database a process serves no request and makes no issue, but a restart would help nobody, and
 * probing goes on.
 */
final class DatabaseWatch implements HealthIndicator, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    /** What is stored can still be read and shown, so that it is ready all the same. */
    private static final Status DEGRADED = new Status("DEGRADED");

    private final Database database;
    private final HealthSettings settings;
    private final InstantSource clock;
    private volatile Instant seen;
    private volatile String trouble = "";
    private volatile boolean answers = true;
    private volatile boolean away;
    private volatile @Nullable String refusal;
    private volatile Disposable looking = Disposables.disposed();

    DatabaseWatch(
            Database database, MeterRegistry meters, HealthSettings settings, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.seen = clock.instant();
        Gauge.builder("cctvout.database.up", this, watch -> watch.works() ? 1 : 0)
                .description("1 while PostgreSQL answers and takes what is written")
                .register(meters);
    }

    @Override
    public Health health() {
        String refused = refusal;
        if (away) {
            return Health.down().withDetail("since", seen).withDetail("trouble", trouble).build();
        }
        return refused == null
                ? Health.up().build()
                : Health.status(DEGRADED).withDetail("trouble", refused).build();
    }

    private boolean works() {
        return answers && refusal == null;
    }

    @Override
    public void start() {
        looking =
                Flux.interval(Duration.ZERO, settings.every())
                        .onBackpressureDrop()
                        .concatMap(_ -> look(), 1)
                        .subscribe(
                                this::found, bug -> LOG.error("Health is no longer watched", bug));
    }

    /** What ails it, empty where nothing does. */
    private Mono<String> look() {
        return database.client()
                .sql("select 1 as one")
                .map(_ -> "")
                .one()
                .timeout(settings.every())
                .onErrorResume(error -> Mono.just(String.valueOf(error.getMessage())));
    }

    private void found(String ails) {
        Instant now = clock.instant();
        answers = ails.isEmpty();
        trouble = ails;
        if (answers) {
            if (away) {
                LOG.info("PostgreSQL answers again");
            }
            seen = now;
            away = false;
        } else if (!away && Duration.between(seen, now).compareTo(settings.patience()) >= 0) {
            away = true;
            LOG.warn("PostgreSQL has not answered since {}: live, not ready: {}", seen, ails);
        }
        refused(answers ? database.refusal() : null);
    }

    private void refused(@Nullable String now) {
        if (now != null && refusal == null) {
            LOG.error("PostgreSQL answers, and takes nothing that is written: {}", now);
        } else if (now == null && refusal != null && answers) {
            LOG.info("PostgreSQL takes again what is written");
        }
        refusal = now;
    }

    @Override
    public void stop() {
        looking.dispose();
    }

    @Override
    public boolean isRunning() {
        return !looking.isDisposed();
    }
}
