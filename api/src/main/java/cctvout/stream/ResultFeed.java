package cctvout.stream;

import cctvout.engine.ProbeEngine;
import cctvout.relay.FarResults;
import cctvout.relay.LatestResults;
import cctvout.status.CameraStatus;

import org.jspecify.annotations.Nullable;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;

/**
 * Thins the results of this process's engine and of others' to the latest of each camera, and shows
 * them a flush at a time. For one thread, its scheduler's.
 */
final class ResultFeed {

    private static final int PREFETCH = 1024;

    private final PassingEvents passing;
    private final CameraPlaces places;
    private final StreamSettings settings;
    private final JsonMapper json;
    private final Scheduler scheduler;
    private final LatestResults latest;
    private final @Nullable FarResults far;
    private Disposable elsewhere = Disposables.disposed();
    private boolean watched;

    ResultFeed(
            PassingEvents passing,
            CameraPlaces places,
            StreamSettings settings,
            JsonMapper json,
            Scheduler scheduler,
            @Nullable FarResults far) {
        this.passing = passing;
        this.far = far;
        this.places = places;
        this.settings = settings;
        this.json = json;
        this.scheduler = scheduler;
        this.latest = new LatestResults(settings.resultsPending());
    }

    Disposable follow(ProbeEngine engine) {
        return engine.results()
                .onBackpressureDrop()
                .publishOn(scheduler, PREFETCH)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1)))
                .subscribe(this::offer);
    }

    /**
     * @return whether there was anything to show
     */
    boolean flush(boolean wanted) {
        watched = wanted;
        listen(wanted);
        if (!wanted) {
            latest.clear();
            return false;
        }
        List<CameraStatus> taken = latest.take(settings.resultsPerFlush());
        if (!taken.isEmpty()) {
            passing.results(taken.stream().map(this::encode).toList());
        }
        return !taken.isEmpty();
    }

    /** Those that probe elsewhere write only while somebody looks. */
    private void listen(boolean wanted) {
        if (!wanted) {
            elsewhere.dispose();
        } else if (far != null && elsewhere.isDisposed()) {
            elsewhere =
                    far.results()
                            .publishOn(scheduler, PREFETCH)
                            .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1)))
                            .subscribe(this::offer);
        }
    }

    void stop() {
        scheduler.schedule(() -> listen(false));
    }

    private void offer(CameraStatus status) {
        if (watched) {
            latest.offer(status);
        }
    }

    private PassingEvents.Result encode(CameraStatus status) {
        return new PassingEvents.Result(
                places.of(status.cameraId().value()),
                EventFrame.passing("result", json.writeValueAsString(status)));
    }
}
