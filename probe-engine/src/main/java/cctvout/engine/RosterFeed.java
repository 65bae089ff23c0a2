package cctvout.engine;

import cctvout.camera.CameraChange;
import cctvout.camera.CameraPart;
import cctvout.camera.CameraRegistry;
import cctvout.cluster.Ownership;
import cctvout.cluster.Shards;
import cctvout.status.AnomalyPolicy;
import cctvout.status.CameraState;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Reads for the {@link Roster} which cameras are this process's, and what the log says of them. */
final class RosterFeed {

    private static final Logger log = LoggerFactory.getLogger(RosterFeed.class);

    /** Cameras whose anomaly stood at the last end are asked for so many at a time. */
    private static final int USUALS_AT_ONCE = 4;

    private final EngineSettings settings;
    private final Shards shards;
    private final CameraRegistry registry;
    private final TransitionLog transitions;
    private final Roster roster;
    private final Scheduler thread;

    RosterFeed(
            EngineSettings settings,
            Shards shards,
            CameraRegistry registry,
            TransitionLog transitions,
            Roster roster,
            Scheduler thread) {
        this.settings = settings;
        this.shards = shards;
        this.registry = registry;
        this.transitions = transitions;
        this.roster = roster;
        this.thread = thread;
    }

    /**
     * For each ownership: first the cameras that it brings, page by page so that probing begins
     * with the first of them, each after what the log says of it; then all changes. Each step is
     * for the loop's thread. Lazy, never ends.
     */
    Flux<Runnable> steps() {
        return Flux.defer(
                () -> {
                    AtomicLong read = new AtomicLong();
                    return shards.ownership()
                            .switchMap(owned -> steps(owned, read).publishOn(thread))
                            .retryWhen(untilTheDatabaseIsThere());
                });
    }

    private Flux<Runnable> steps(Ownership owned, AtomicLong read) {
        return Mono.fromCallable(() -> roster.owned(owned))
                .subscribeOn(thread)
                .flatMapMany(
                        missing ->
                                owned.isEmpty()
                                        ? Flux.never()
                                        : pages(owned, missing, read).concatWith(follow(read)));
    }

    /** Where nothing was here before, changes are followed from what these pages have shown. */
    private Flux<Runnable> pages(Ownership owned, Set<Integer> missing, AtomicLong read) {
        if (missing.isEmpty()) {
            return Flux.empty();
        }
        boolean all = roster.isEmpty();
        AtomicLong position = new AtomicLong();
        CameraPart part = owned.part(missing);
        Runnable end =
                () -> {
                    roster.loaded(missing);
                    if (all) {
                        read.set(position.get());
                    }
                };
        return Mono.defer(() -> registry.changesSoFar(part, position.get()))
                .flatMap(this::remembered)
                .doOnNext(
                        changes -> {
                            if (!changes.isEmpty()) {
                                position.set(changes.getLast().revision());
                            }
                        })
                .repeat()
                .takeUntil(List::isEmpty)
                .retryWhen(untilTheDatabaseIsThere())
                .concatMapIterable(changes -> changes, 1)
                .<Runnable>map(change -> () -> roster.changed(change))
                .concatWithValues(end);
    }

    private Flux<Runnable> follow(AtomicLong read) {
        return Flux.defer(() -> registry.changes(read.get()))
                .map(
                        change ->
                                () -> {
                                    roster.changed(change);
                                    read.set(change.revision());
                                });
    }

    private Mono<List<CameraChange>> remembered(List<CameraChange> changes) {
        return changes.isEmpty()
                ? Mono.just(changes)
                : transitions
                        .verdicts(changes.stream().map(CameraChange::id).toList())
                        .collectList()
                        .publishOn(thread)
                        .doOnNext(known -> known.forEach(roster::remember))
                        .flatMapMany(Flux::fromIterable)
                        .filter(this::isAnomalyOfInterest)
                        .flatMap(this::usual, USUALS_AT_ONCE)
                        .then(Mono.just(changes));
    }

    private boolean isAnomalyOfInterest(CameraState known) {
        return settings.anomaly().enabled() && AnomalyPolicy.isAnomaly(known.reason());
    }

    /** What the camera was like before its anomaly. */
    private Mono<StatusTransition> usual(CameraState standing) {
        return transitions
                .ofCamera(standing.id(), 1)
                .flatMapIterable(latest -> latest)
                .next()
                .publishOn(thread)
                .doOnNext(roster::rememberUsual);
    }

    private static Retry untilTheDatabaseIsThere() {
        return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                .maxBackoff(Duration.ofSeconds(5))
                .doBeforeRetry(
                        retry ->
                                log.warn(
                                        "Cameras cannot be read: {}",
                                        retry.failure().getMessage()));
    }
}
