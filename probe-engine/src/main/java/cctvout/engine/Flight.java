package cctvout.engine;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * One probe of a check, from its place in a lane until its outcome is in. Begun, given up and
 * landed on the loop's thread; the prober's signals come on any.
 */
final class Flight extends BaseSubscriber<Object> {

    final Check check;

    /** Who hears of it. */
    interface Control {
        /** On the loop's thread. */
        void began(Flight flight);

        /** Once, on any thread: the outcome is in. */
        void landed(Flight flight);

        /** The loop's clock, read on any thread. */
        long now();
    }

    /** The place it holds; another one where it was moved. */
    Lane lane;

    /** When it began, on the loop's clock. */
    long begunAt;

    private final @Nullable Mono<?> probe;
    private final Control control;
    private long endedAt;
    private @Nullable Object outcome;
    private boolean signalled;

    /**
     * @param probe an outcome, never an error; null where nothing of the camera can be probed
     */
    Flight(Check check, Lane lane, @Nullable Mono<?> probe, Control control) {
        this.check = check;
        this.lane = lane;
        this.probe = probe;
        this.control = control;
    }

    void begin() {
        begunAt = control.now();
        if (probe == null || check.outdated()) {
            signalled(null);
            return;
        }
        control.began(this);
        probe.subscribe(this);
    }

    long took() {
        return endedAt - begunAt;
    }

    /** What it brought; a {@link Throwable} where the prober broke its promise. */
    @Nullable Object outcome() {
        return outcome;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    protected void hookOnNext(Object value) {
        signalled(value);
    }

    @Override
    protected void hookOnComplete() {
        if (!signalled) {
            signalled(new IllegalStateException("completed without an outcome"));
        }
    }

    @Override
    protected void hookOnError(Throwable bug) {
        signalled(bug);
    }

    private void signalled(@Nullable Object value) {
        if (!signalled) {
            signalled = true;
            outcome = value;
            endedAt = control.now();
            control.landed(this);
        }
    }
}
