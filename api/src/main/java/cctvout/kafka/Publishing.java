package cctvout.kafka;

import cctvout.lifecycle.Stopping;
import cctvout.store.Database;

import org.apache.kafka.common.Uuid;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Publishing in turns, and in a turn each feed in sessions of its own: its topics, a producer, its
 * pages. What the broker refuses ends the feed's session alone, what the database does the turn;
 * the next one goes on from the cursor.
 */
final class Publishing {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration REFRESH = Duration.ofSeconds(2);

    /**
     * A topic that is gone holds its records up for ever, and one that was made anew with fewer
     * partitions those of the others: while there is trouble it is looked at, and made again.
     */
    private static final Duration TOPICS_AGAIN = Duration.ofSeconds(15);

    private final PublisherTurn turn;
    private final KafkaTopics topics;
    private final Supplier<EventPublisher> publishers;
    private final List<FeedPump> pumps;
    private final PublishCursors cursors;
    private final PublishingState state;
    private final Duration topicsAgain;

    private Publishing(
            PublisherTurn turn,
            KafkaTopics topics,
            Supplier<EventPublisher> publishers,
            List<FeedPump> pumps,
            PublishCursors cursors,
            PublishingState state,
            Duration topicsAgain) {
        this.turn = turn;
        this.topics = topics;
        this.publishers = publishers;
        this.pumps = pumps;
        this.cursors = cursors;
        this.state = state;
        this.topicsAgain = topicsAgain;
    }

    /**
     * @param publishers a new one for each session
     */
    static Publishing of(
            Database database,
            List<Feed> feeds,
            Supplier<EventPublisher> publishers,
            KafkaSettings settings,
            PublishingState state) {
        return of(database, feeds, publishers, settings, state, TOPICS_AGAIN);
    }

    static Publishing of(
            Database database,
            List<Feed> feeds,
            Supplier<EventPublisher> publishers,
            KafkaSettings settings,
            PublishingState state,
            Duration topicsAgain) {
        var cursors = new PublishCursors(database);
        return new Publishing(
                new PublisherTurn(database, settings.standby()),
                new KafkaTopics(settings),
                publishers,
                feeds.stream().map(feed -> new FeedPump(feed, cursors, settings, state)).toList(),
                cursors,
                state,
                topicsAgain);
    }

    /** Lazy, never errors; completes when it is stopping and what was sent is confirmed. */
    Mono<Void> run(Stopping stopping) {
        Mono<Void> turns =
                turn.whileOurs(feeds(stopping), state::standsBy, stopping)
                        .doOnError(state::failed)
                        .retryWhen(retry())
                        .takeUntilOther(stoppedUnless(state::isActive, stopping))
                        .then();
        return Flux.merge(turns, lag().takeUntilOther(stopping.signal()).then()).then();
    }

    private Flux<Boolean> feeds(Stopping stopping) {
        return Flux.defer(
                        () -> {
                            state.begun();
                            return Flux.merge(
                                    pumps.stream().map(pump -> feed(pump, stopping)).toList());
                        })
                .doFinally(_ -> state.over());
    }

    private Flux<Boolean> feed(FeedPump pump, Stopping stopping) {
        String consumer = pump.consumer();
        return Flux.usingWhen(
                        Mono.fromSupplier(publishers),
                        publisher ->
                                ready(pump)
                                        .flatMapMany(
                                                ids ->
                                                        pump.run(publisher, stopping)
                                                                .takeUntilOther(
                                                                        madeAnew(pump, ids))),
                        EventPublisher::close)
                .doOnError(BrokerException.class, refused -> state.failed(consumer, refused))
                .retryWhen(retry().filter(BrokerException.class::isInstance))
                .takeUntilOther(stoppedUnless(() -> state.isPumping(consumer), stopping));
    }

    private Mono<Map<String, Uuid>> ready(FeedPump pump) {
        return topics.ready(pump.topics()).onErrorMap(BrokerException::new);
    }

    /** Errors where another topic has the name: the producer waits for what is gone. */
    private Flux<Void> madeAnew(FeedPump pump, Map<String, Uuid> before) {
        return Flux.interval(topicsAgain)
                .onBackpressureDrop()
                .filter(_ -> state.trouble(pump.consumer()) != null)
                .concatMap(_ -> ready(pump).onErrorComplete(), 1)
                .flatMapIterable(Map::entrySet)
                .filter(
                        now ->
                                !now.getValue()
                                        .equals(before.getOrDefault(now.getKey(), now.getValue())))
                .flatMap(now -> Mono.error(new BrokerException(now.getKey() + " was made anew")));
    }

    private static RetryBackoffSpec retry() {
        return Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .transientErrors(true);
    }

    /** Stopping, and nothing is in flight that could be waited for. */
    private static Mono<Void> stoppedUnless(BooleanSupplier busy, Stopping stopping) {
        return stopping.signal()
                .then(Mono.defer(() -> busy.getAsBoolean() ? Mono.never() : Mono.empty()));
    }

    private Flux<Void> lag() {
        return Flux.interval(Duration.ZERO, REFRESH)
                .onBackpressureDrop()
                .concatMap(_ -> cursors.lag().doOnNext(state::lag).then().onErrorComplete(), 1);
    }
}
