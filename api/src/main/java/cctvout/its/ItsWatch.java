package cctvout.its;

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

/** Looks again and again whether a fetch is due; DEGRADED while they fail. */
final class ItsWatch implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ItsWatch.class);
    private static final Status DEGRADED = new Status("DEGRADED", "the ITS list is not fetched");

    private final ItsSource source;
    private final Duration every;
    private volatile @Nullable ItsStatus latest;
    private Disposable running = Disposables.disposed();

    /**
     * @param every between two looks
     */
    ItsWatch(ItsSource source, Duration every) {
        this.source = source;
        this.every = every;
    }

    @Override
    public void start() {
        running =
                Flux.interval(Duration.ZERO, every)
                        .onBackpressureDrop()
                        .concatMap(_ -> source.turn().onErrorResume(ItsWatch::away), 1)
                        .subscribe(
                                status -> latest = status,
                                bug -> log.error("The ITS list is no longer fetched", bug));
    }

    private static Mono<ItsStatus> away(Throwable error) {
        log.debug("The ITS list cannot be kept: {}", error.toString());
        return Mono.empty();
    }

    @Override
    public Health health() {
        ItsStatus status = latest;
        if (status == null || status.failure() == null) {
            return Health.up().build();
        }
        return Health.status(DEGRADED)
                .withDetail("trouble", status.failure())
                .withDetail("since", String.valueOf(status.failedSince()))
                .build();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
