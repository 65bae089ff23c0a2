package cctvout.kafka;

import cctvout.lifecycle.Stopping;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One feed to the broker: a page is read after the cursor, sent, confirmed, and the cursor moved;
 * then the next one. No more than that page is ever in memory or in flight.
 */
final class FeedPump {

    private final Feed feed;
    private final PublishCursors cursors;
    private final int batch;
    private final Duration poll;
    private final PublishingState state;

    /**
     * Records of the next page at most. After a refusal those before the refused one, then that one
     * alone: what stands before it is repeated once, and not at every try.
     */
    private int page;

    FeedPump(Feed feed, PublishCursors cursors, KafkaSettings settings, PublishingState state) {
        this.feed = feed;
        this.cursors = cursors;
        this.batch = settings.batch();
        this.page = batch;
        this.poll = settings.poll();
        this.state = state;
    }

    String consumer() {
        return feed.consumer();
    }

    List<String> topics() {
        return feed.topics();
    }

    /**
     * Publishes for ever; whether each page was full. Lazy; when stopping it ends its page and
     * completes; errors with {@link BrokerException} where the broker does, else where the database
     * does, and then goes on from the cursor when it is run again. Not for two at once.
     */
    Flux<Boolean> run(EventPublisher publisher, Stopping stopping) {
        return cursors.load(feed.consumer())
                .map(AtomicLong::new)
                .flatMapMany(
                        cursor ->
                                looks(stopping)
                                        .concatMap(_ -> catchUp(cursor, publisher, stopping), 1))
                .doOnSubscribe(_ -> state.pumping(consumer(), true))
                .doFinally(_ -> state.pumping(consumer(), false));
    }

    private Flux<Boolean> looks(Stopping stopping) {
        return Flux.merge(
                        feed.hints().map(_ -> true).onErrorResume(_ -> Flux.never()),
                        Flux.interval(Duration.ZERO, poll).onBackpressureDrop().map(_ -> true))
                .takeUntilOther(stopping.signal())
                .onBackpressureLatest();
    }

    private Flux<Boolean> catchUp(AtomicLong cursor, EventPublisher publisher, Stopping stopping) {
        return Mono.defer(() -> page(cursor, publisher))
                .repeat(() -> !stopping.isAsked())
                .takeUntil(full -> !full);
    }

    private Mono<Boolean> page(AtomicLong cursor, EventPublisher publisher) {
        long from = cursor.get();
        int most = page;
        return feed.read(from, most)
                .flatMap(
                        events ->
                                events.isEmpty()
                                        ? nothing()
                                        : send(events, publisher)
                                                .then(move(cursor, from, events))
                                                .thenReturn(events.size() >= most));
    }

    private Mono<Boolean> nothing() {
        return Mono.fromSupplier(
                () -> {
                    state.settled(feed.consumer());
                    return false;
                });
    }

    private Mono<Void> send(List<Feed.Numbered> numbered, EventPublisher publisher) {
        List<OutboundEvent> events = numbered.stream().map(Feed.Numbered::event).toList();
        return Mono.defer(
                () -> {
                    state.sending(feed.consumer());
                    return publisher
                            .publish(events)
                            .doOnSuccess(_ -> confirmed(events))
                            .onErrorMap(
                                    why -> !(why instanceof BrokerException), BrokerException::new)
                            .doOnError(
                                    BrokerException.class,
                                    refused -> page = Math.max(1, events.indexOf(refused.event())));
                });
    }

    private void confirmed(List<OutboundEvent> events) {
        page = Math.min(2 * page, batch);
        state.confirmed(feed.consumer(), events);
    }

    private Mono<Void> move(AtomicLong cursor, long from, List<Feed.Numbered> sent) {
        return Mono.defer(
                () -> {
                    long to = sent.getLast().number();
                    return cursors.move(feed.consumer(), from, to).doOnSuccess(_ -> cursor.set(to));
                });
    }
}
