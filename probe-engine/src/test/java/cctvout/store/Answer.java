package cctvout.store;

import reactor.core.publisher.Mono;

import java.util.concurrent.TimeUnit;

/** What a test's own thread waits for, with a limit. */
public final class Answer {
    private static final long SECONDS = 20;

    private Answer() {}

    public static <T> T of(Mono<T> work) throws Exception {
        T value = work.toFuture().get(SECONDS, TimeUnit.SECONDS);
        if (value == null) {
            throw new AssertionError("nothing came");
        }
        return value;
    }

    public static void done(Mono<?> work) throws Exception {
        work.then().toFuture().get(SECONDS, TimeUnit.SECONDS);
    }
}
