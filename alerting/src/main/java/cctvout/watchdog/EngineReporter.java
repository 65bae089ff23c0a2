package cctvout.watchdog;

import cctvout.engine.EngineStatus;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Writes down again and again how this process' engine does, for a watchdog in another. */
public final class EngineReporter {

    private static final Logger LOG = LoggerFactory.getLogger(EngineReporter.class);
    private static final Duration KEPT = Duration.ofDays(1);

    private final EngineReports reports;
    private final Supplier<EngineStatus> engine;
    private final String node;
    private final Duration every;
    private final InstantSource clock;
    private final EngineWitness witness;

    EngineReporter(
            Database database,
            Supplier<EngineStatus> engine,
            String node,
            Duration every,
            InstantSource clock) {
        this.reports = new EngineReports(database);
        this.engine = engine;
        this.node = node;
        this.every = every;
        this.clock = clock;
        this.witness = new EngineWitness(node, clock.instant());
    }

    /** Of this process. */
    public static EngineReporter create(
            Database database,
            Supplier<EngineStatus> engine,
            WatchdogSettings settings,
            InstantSource clock) {
        return new EngineReporter(database, engine, EngineWitness.NODE, settings.every(), clock);
    }

    /**
     * Until {@code stopping} signals, then takes its report back. Lazy, goes on through trouble,
     * never two at once; cancel leaves the last report, which goes stale.
     */
    public Flux<Void> run(Mono<?> stopping) {
        return Flux.interval(Duration.ZERO, every)
                .onBackpressureDrop()
                .takeUntilOther(stopping)
                .concatMap(_ -> quietly(written()), 1)
                .thenMany(quietly(reports.remove(node)).thenMany(Flux.empty()));
    }

    private Mono<Long> written() {
        return Mono.defer(
                () ->
                        Mono.justOrEmpty(witness.report(engine.get(), clock.instant()))
                                .flatMap(reports::save)
                                .then(reports.forget(clock.instant().minus(KEPT))));
    }

    private static Mono<Long> quietly(Mono<Long> work) {
        return work.onErrorResume(
                trouble -> {
                    LOG.warn("how the engine does cannot be reported: {}", trouble.toString());
                    return Mono.empty();
                });
    }
}
