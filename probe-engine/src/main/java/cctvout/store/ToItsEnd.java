package cctvout.store;

import org.reactivestreams.Subscription;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import java.util.function.Consumer;

/**
 * What was begun goes on though its subscriber leaves: who cancels gets nothing more, and what
 * comes all the same is read to its end. Lazy; on the source's threads and in its order; an error
 * that comes afterwards is nobody's.
 */
final class ToItsEnd<T> extends Flux<T> {

    private final Flux<? extends T> source;
    private final Consumer<? super T> unwanted;

    /**
     * @param unwanted gets what comes after the subscriber has left
     */
    ToItsEnd(Flux<? extends T> source, Consumer<? super T> unwanted) {
        this.source = source;
        this.unwanted = unwanted;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Reader<T>(actual, unwanted));
    }

    private static final class Reader<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final Consumer<? super T> unwanted;
        private @SuppressWarnings("NullAway.Init") Subscription upstream;
        private volatile boolean left;

        Reader(CoreSubscriber<? super T> actual, Consumer<? super T> unwanted) {
            this.actual = actual;
            this.unwanted = unwanted;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(T value) {
            if (left) {
                unwanted.accept(value);
            } else {
                actual.onNext(value);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!left) {
                actual.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!left) {
                actual.onComplete();
            }
        }

        @Override
        public void request(long rows) {
            upstream.request(rows);
        }

        @Override
        public void cancel() {
            left = true;
            upstream.request(Long.MAX_VALUE);
        }
    }
}
