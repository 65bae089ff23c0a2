package cctvout.relay;

import cctvout.engine.ProbeEngine;
import cctvout.status.CameraStatus;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/** Writes this process's results for others, as long as somebody there looks at them. */
final class ResultRelay {

    private static final Logger LOG = LoggerFactory.getLogger(ResultRelay.class);

    private final Database database;
    private final ResultTable table;
    private final ProbeEngine engine;
    private final String node;
    private final RelaySettings settings;

    ResultRelay(Database database, ProbeEngine engine, String node, RelaySettings settings) {
        this.database = database;
        this.table = new ResultTable(database);
        this.engine = engine;
        this.node = node;
        this.settings = settings;
    }

    /**
     * Lazy; never completes, never errors; one subscriber. While nobody looks elsewhere it does
     * nothing.
     */
    Flux<Void> run() {
        return RelayChannels.hints(database, RelayChannels.ASKED, RelayChannels.RESULTS)
                .concatMap(_ -> table.wanted(node).onErrorResume(this::later), 1)
                .switchMap(ResultRelay::whether)
                .distinctUntilChanged()
                .switchMap(wanted -> wanted ? relaying() : Flux.empty());
    }

    private static Flux<Boolean> whether(Duration left) {
        return left.isPositive()
                ? Flux.just(true).concatWith(Mono.delay(left).map(_ -> false))
                : Flux.just(false);
    }

    private Flux<Void> relaying() {
        return Flux.defer(
                () -> {
                    var latest = new LatestResults(settings.resultsPending());
                    return Flux.merge(
                            engine.results().doOnNext(latest::offer).then(),
                            Flux.interval(settings.resultsEvery())
                                    .onBackpressureDrop()
                                    .concatMap(
                                            _ -> write(latest.take(settings.resultsPerBatch())),
                                            1));
                });
    }

    private Mono<Void> write(List<CameraStatus> results) {
        return results.isEmpty()
                ? Mono.empty()
                : table.write(node, results).onErrorResume(this::later);
    }

    /** What waits meanwhile is the latest of each camera. */
    private <T> Mono<T> later(Throwable away) {
        LOG.debug("results for other processes: {}", away.toString());
        return Mono.empty();
    }
}
