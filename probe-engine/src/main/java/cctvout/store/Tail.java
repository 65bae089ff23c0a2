package cctvout.store;

import cctvout.lifecycle.ToldTrouble;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Follows a numbered table: pages after a cursor until there are no more, then again at each hint,
 * and now and then without one. Complete as long as numbers become visible in their order.
 */
public final class Tail<T> {

    private static final Logger log = LoggerFactory.getLogger(Tail.class);

    private final String what;
    private final Flux<?> hints;
    private final Duration poll;
    private final LongFunction<Mono<Page<T>>> read;

    /**
     * What one look found.
     *
     * @param through the number up to which all is known: the next look begins behind it
     * @param more whether that look should follow at once
     */
    public record Page<T>(List<T> rows, long through, boolean more) {}

    /**
     * @param what that is read, for the log
     * @param hints that there may be more; may be lost, may be spurious
     * @param poll how long without a hint at most
     * @param read a page after a number, ascending
     */
    public Tail(String what, Flux<?> hints, Duration poll, LongFunction<Mono<Page<T>>> read) {
        this.what = what;
        this.hints = hints;
        this.poll = poll;
        this.read = read;
    }

    /**
     * @param what that is read, for the log
     * @param hints that there may be more; may be lost, may be spurious
     * @param poll how long without a hint at most
     * @param read a page after a number, ascending; fewer than {@code page} rows where it was the
     *     last
     */
    public Tail(
            String what,
            Flux<?> hints,
            Duration poll,
            int page,
            LongFunction<Mono<List<T>>> read,
            ToLongFunction<T> number) {
        this(
                what,
                hints,
                poll,
                after ->
                        read.apply(after)
                                .map(
                                        rows ->
                                                new Page<>(
                                                        rows,
                                                        rows.isEmpty()
                                                                ? after
                                                                : number.applyAsLong(
                                                                        rows.getLast()),
                                                        rows.size() >= page)));
    }

    /**
     * Lazy, never completes, never errors: while the database is away it tries again, from its
     * cursor.
     */
    public Flux<T> after(long start) {
        return Flux.defer(
                () -> {
                    AtomicLong cursor = new AtomicLong(start);
                    var trouble = new ToldTrouble(log, what + " waits for the database");
                    return Flux.merge(
                                    Flux.interval(Duration.ZERO, poll)
                                            .onBackpressureDrop()
                                            .map(_ -> true),
                                    hints.map(_ -> true))
                            .onBackpressureLatest()
                            .concatMap(_ -> rest(cursor, trouble), 1)
                            // a page at a time, or a slow reader would hold hundreds
                            .concatMapIterable(rows -> rows, 1);
                });
    }

    private Flux<List<T>> rest(AtomicLong cursor, ToldTrouble trouble) {
        return Mono.defer(() -> read.apply(cursor.get()))
                .doOnNext(
                        found -> {
                            cursor.set(found.through());
                            trouble.isOver();
                        })
                .repeat()
                .takeUntil(found -> !found.more())
                .map(Page::rows)
                .onErrorResume(
                        away -> {
                            trouble.is(away);
                            return Flux.empty();
                        });
    }
}
