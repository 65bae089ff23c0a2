package cctvout.relay;

import cctvout.relay.ResultTable.Batch;
import cctvout.status.CameraStatus;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** The results of other processes, while somebody looks. */
public final class FarResults {

    private static final Logger LOG = LoggerFactory.getLogger(FarResults.class);

    private static final Duration SAY_AGAIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /**
     * A number may be given before another and committed after it: so many below the last are
     * looked for again.
     */
    private static final int LATE = 64;

    private final Database database;
    private final ResultTable table;
    private final String name = UUID.randomUUID().toString();
    private final String own;

    /**
     * @param own the name under which this process probes, whose results need no way round; empty
     *     where it does not
     */
    public FarResults(Database database, String own) {
        this.database = database;
        this.table = new ResultTable(database);
        this.own = own;
    }

    /**
     * The latest of each camera as they come in, thinned by those that probe; from the subscription
     * on. Lazy, never completes, never errors; as long as it has a subscriber, those that probe
     * write results. A subscriber that does not keep up misses some.
     */
    public Flux<CameraStatus> results() {
        return Flux.usingWhen(
                Mono.just(name),
                _ -> Flux.merge(listening(), reading()),
                here -> table.leave(here).onErrorComplete());
    }

    /** Brings nothing. */
    private Flux<CameraStatus> listening() {
        return Flux.interval(Duration.ZERO, SAY_AGAIN)
                .onBackpressureDrop()
                .concatMap(
                        _ ->
                                table.listen(name, own, SAY_AGAIN.multipliedBy(3))
                                        .onErrorResume(this::later),
                        1)
                .thenMany(Flux.empty());
    }

    private Flux<CameraStatus> reading() {
        var seen = new Seen();
        return Flux.merge(
                        RelayChannels.hints(database, RelayChannels.ANSWERED, RelayChannels.RESULTS)
                                .map(_ -> true),
                        Flux.interval(Duration.ZERO, LOOK).onBackpressureDrop().map(_ -> true))
                .onBackpressureLatest()
                .concatMap(_ -> next(seen).onErrorResume(this::later), 1)
                .concatMapIterable(Batch::results, 1)
                .onBackpressureDrop();
    }

    private Flux<Batch> next(Seen seen) {
        if (!seen.begun) {
            return table.last().doOnNext(seen::begin).thenMany(Flux.empty());
        }
        return table.read(seen.last - LATE, seen.ids, own)
                .flatMap(batches -> batches.isEmpty() ? anew(seen) : Mono.just(batches))
                .doOnNext(seen::add)
                .flatMapIterable(batches -> batches);
    }

    /** After a crash of the server numbers begin at one again. */
    private Mono<List<Batch>> anew(Seen seen) {
        return table.last()
                .doOnNext(
                        there -> {
                            if (there < seen.last - LATE) {
                                seen.begin(there);
                            }
                        })
                .then(Mono.empty());
    }

    private <T> Mono<T> later(Throwable away) {
        LOG.debug("results of other processes: {}", away.toString());
        return Mono.empty();
    }

    /** What was read; for one thread at a time. */
    private static final class Seen {
        private final TreeSet<Long> ids = new TreeSet<>();
        private long last;
        private boolean begun;

        void begin(long after) {
            begun = true;
            last = after;
            ids.clear();
            // what was there before is not for this subscriber
            for (long id = Math.max(1, after - LATE); id <= after; id++) {
                ids.add(id);
            }
        }

        void add(List<Batch> batches) {
            batches.forEach(batch -> ids.add(batch.id()));
            if (!ids.isEmpty()) {
                last = Math.max(last, ids.last());
                ids.headSet(last - LATE).clear();
            }
        }
    }
}
