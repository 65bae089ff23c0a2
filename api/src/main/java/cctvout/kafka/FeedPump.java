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

    FeedPump(Feed feed, PublishCursors cursors, KafkaSettings settings, PublishingState state) {
        this.feed = feed;
        this.cursors = cursors;
        this.batch = settings.batch();
        this.poll = settings.poll();
        this.state = state;
    }

    /**
     * Publishes for ever, how many a page. Lazy; when stopping it ends its page and completes;
     * errors where the database or the broker do, and then goes on from the cursor when it is run
     * again.
     */
    Flux<Integer> run(EventPublisher publisher, Stopping stopping) {
        return cursors.load(feed.consumer())
                .map(AtomicLong::new)
                .flatMapMany(
                        cursor ->
                                looks(stopping)
                                        .concatMap(_ -> catchUp(cursor, publisher, stopping), 1));
    }

    private Flux<Boolean> looks(Stopping stopping) {
        return Flux.merge(
                        feed.hints().map(_ -> true).onErrorResume(_ -> Flux.never()),
                        Flux.interval(Duration.ZERO, poll).onBackpressureDrop().map(_ -> true))
                .takeUntilOther(stopping.signal())
                .onBackpressureLatest();
    }

    private Flux<Integer> catchUp(AtomicLong cursor, EventPublisher publisher, Stopping stopping) {
        return Mono.defer(() -> page(cursor, publisher))
                .repeat(() -> !stopping.isAsked())
                .takeUntil(sent -> sent < batch);
    }

    private Mono<Integer> page(AtomicLong cursor, EventPublisher publisher) {
        long from = cursor.get();
        return feed.read(from, batch)
                .flatMap(
                        page ->
                                page.isEmpty()
                                        ? nothing()
                                        : send(page, publisher)
                                                .then(move(cursor, from, page.getLast().number()))
                                                .thenReturn(page.size()));
    }

    private Mono<Integer> nothing() {
        return Mono.fromSupplier(
                () -> {
                    state.settled(feed.consumer());
                    return 0;
                });
    }

    private Mono<Void> send(List<Feed.Numbered> page, EventPublisher publisher) {
        List<OutboundEvent> events = page.stream().map(Feed.Numbered::event).toList();
        return Mono.defer(
                () -> {
                    state.sending(feed.consumer());
                    return publisher
                            .publish(events)
                            .doOnSuccess(_ -> state.confirmed(feed.consumer(), events));
                });
    }

    private Mono<Void> move(AtomicLong cursor, long from, long to) {
        return cursors.move(feed.consumer(), from, to).doOnSuccess(_ -> cursor.set(to));
    }
}
