package cctvout.alerting;

import cctvout.log.EventLog;
import cctvout.notification.NotificationPipeline;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;
import cctvout.store.Database;
import cctvout.trace.Traces;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Reads the transitions after its cursor. Each batch is one transaction: the cursor's row is locked
 * (a second process waits for it, then goes on behind it), issues change, notices are made, the
 * cursor moves; or none of it.
 */
final class AlertingConsumer {

    static final String NAME = "alerting";

    private static final Logger LOG = LoggerFactory.getLogger(AlertingConsumer.class);

    private final Database database;
    private final EventLog events;
    private final TransitionLog transitions;
    private final AlertingRounds rounds;
    private final NotificationPipeline pipeline;
    private final AlertingSettings settings;
    private final DueByPolicy due;
    private final Traces traces;

    AlertingConsumer(
            Database database,
            EventLog events,
            TransitionLog transitions,
            AlertingRounds rounds,
            NotificationPipeline pipeline,
            AlertingSettings settings,
            DueByPolicy due,
            Traces traces) {
        this.database = database;
        this.events = events;
        this.transitions = transitions;
        this.rounds = rounds;
        this.pipeline = pipeline;
        this.settings = settings;
        this.due = due;
        this.traces = traces;
    }

    /**
     * Follows the log until {@code stopping} signals, then ends its batch and completes. Lazy, one
     * subscriber; while the database is away it tries again, from the cursor.
     */
    Flux<Integer> run(Mono<?> stopping) {
        return Flux.merge(
                        events.wakeUps().map(_ -> true).onErrorResume(_ -> Flux.never()),
                        Flux.interval(Duration.ZERO, settings.poll())
                                .onBackpressureDrop()
                                .map(_ -> true))
                .takeUntilOther(stopping)
                .onBackpressureLatest()
                .concatMap(_ -> catchUp(stopping).concatWith(dueByPolicy(stopping)), 1);
    }

    private Flux<Integer> dueByPolicy(Mono<?> stopping) {
        return due.handle()
                .doOnNext(_ -> pipeline.wake())
                .repeat()
                .takeUntil(handled -> handled < DueByPolicy.LIMIT)
                .takeUntilOther(stopping)
                .onErrorResume(
                        trouble -> {
                            LOG.warn("policies wait: {}", trouble.toString());
                            return Mono.empty();
                        });
    }

    /** What policies have due now; how many. */
    Mono<Integer> due() {
        return due.handle();
    }

    private Flux<Integer> catchUp(Mono<?> stopping) {
        return batch().doOnError(
                        trouble -> LOG.warn("alerting waits for the log: {}", trouble.toString()))
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                .maxBackoff(Duration.ofSeconds(5)))
                .doOnNext(_ -> pipeline.wake())
                .repeat()
                .takeUntil(handled -> handled < settings.batch())
                .takeUntilOther(stopping);
    }

    /** The next batch; how many transitions it held. */
    Mono<Integer> batch() {
        Mono<Integer> work =
                lockCursor()
                        .flatMap(
                                after ->
                                        transitions
                                                .read(after, settings.batch())
                                                .flatMap(this::handle));
        return database.inTransaction(work);
    }

    private Mono<Integer> handle(List<StatusTransition> batch) {
        if (batch.isEmpty()) {
            return Mono.just(0);
        }
        return traces.span(
                "alerting round",
                span -> {
                    span.tag("first", batch.getFirst().seq()).tag("transitions", batch.size());
                    return written(batch);
                });
    }

    private Mono<Integer> written(List<StatusTransition> batch) {
        return rounds.begin(batch)
                .flatMap(
                        round -> {
                            round.applyAll(batch);
                            return moveCursor(batch.getLast().seq())
                                    .then(rounds.write(round))
                                    .thenReturn(batch.size());
                        });
    }

    private Mono<Long> lockCursor() {
        return lockCursor(database);
    }

    static Mono<Long> lockCursor(Database database) {
        return database.client()
                .sql("select seq from log_cursor where consumer = :name for update")
                .bind("name", NAME)
                .map(row -> Objects.requireNonNull(row.get("seq", Long.class)))
                .one();
    }

    private Mono<Void> moveCursor(long seq) {
        return database.client()
                .sql("update log_cursor set seq = :seq where consumer = :name")
                .bind("seq", seq)
                .bind("name", NAME)
                .then();
    }
}
