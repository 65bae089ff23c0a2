package cctvout.kafka;

import cctvout.lifecycle.Stopping;
import cctvout.store.Database;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Publishing in sessions: a turn, the topics, a producer, the feeds. What fails ends the session;
 * the next one goes on from the cursors.
 */
final class Publishing {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration REFRESH = Duration.ofSeconds(2);

    /**
     * A topic that is gone holds its records up for ever: while there is trouble it is made again.
     */
    private static final Duration TOPICS_AGAIN = Duration.ofSeconds(15);

    private final PublisherTurn turn;
    private final Mono<Void> topics;
    private final Supplier<EventPublisher> publishers;
    private final List<FeedPump> pumps;
    private final PublishCursors cursors;
    private final PublishingState state;

    private Publishing(
            PublisherTurn turn,
            Mono<Void> topics,
            Supplier<EventPublisher> publishers,
            List<FeedPump> pumps,
            PublishCursors cursors,
            PublishingState state) {
        this.turn = turn;
        this.topics = topics;
        this.publishers = publishers;
        this.pumps = pumps;
        this.cursors = cursors;
        this.state = state;
    }

    /**
     * @param topics makes them where they are missing
     * @param publishers a new one for each session
     */
    static Publishing of(
            Database database,
            List<Feed> feeds,
            Mono<Void> topics,
            Supplier<EventPublisher> publishers,
            KafkaSettings settings,
            PublishingState state) {
        var cursors = new PublishCursors(database);
        return new Publishing(
                new PublisherTurn(database, settings.standby()),
                topics,
                publishers,
                feeds.stream().map(feed -> new FeedPump(feed, cursors, settings, state)).toList(),
                cursors,
                state);
    }

    /** Lazy, never errors; completes when it is stopping and what was sent is confirmed. */
    Mono<Void> run(Stopping stopping) {
        Flux<Integer> sessions =
                turn.whileOurs(session(stopping), state::standsBy, stopping)
                        .doOnError(state::failed)
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                                        .maxBackoff(LONGEST_PAUSE)
                                        .transientErrors(true));
        return Flux.merge(
                        sessions.takeUntilOther(idle(stopping)).then(),
                        lag().takeUntilOther(stopping.signal()).then())
                .then();
    }

    private Flux<Integer> session(Stopping stopping) {
        return Flux.usingWhen(
                Mono.fromSupplier(publishers),
                publisher ->
                        topics.thenMany(
                                Flux.defer(
                                        () -> {
                                            state.begun();
                                            return feeds(publisher, stopping);
                                        })),
                publisher -> publisher.close().doFinally(_ -> state.over()));
    }

    private Flux<Integer> feeds(EventPublisher publisher, Stopping stopping) {
        Flux<Integer> sent =
                Flux.merge(pumps.stream().map(pump -> pump.run(publisher, stopping)).toList());
        return sent.takeUntilOther(topicsAgain());
    }

    /** Never ends. */
    private Flux<Void> topicsAgain() {
        return Flux.interval(TOPICS_AGAIN)
                .onBackpressureDrop()
                .filter(_ -> state.trouble() != null)
                .concatMap(_ -> topics.onErrorComplete(), 1);
    }

    /** Stopping, and nothing is in flight that could be waited for. */
    private Mono<Void> idle(Stopping stopping) {
        return stopping.signal()
                .then(Mono.defer(() -> state.isActive() ? Mono.never() : Mono.empty()));
    }

    private Flux<Void> lag() {
        return Flux.interval(Duration.ZERO, REFRESH)
                .onBackpressureDrop()
                .concatMap(_ -> cursors.lag().doOnNext(state::lag).then().onErrorComplete(), 1);
    }
}
