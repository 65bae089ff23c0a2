package cctvout.architecture;

import org.junit.jupiter.api.Test;

import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class BlockHoundTest {

    /**
     * Longer than a cold thread takes to come to the waiting: found at once, it waits for nothing.
     */
    @Test
    void aWaitOnAnEventLoopIsFound() {
        Mono<Boolean> waits =
                Mono.fromCallable(() -> new CountDownLatch(1).await(1, TimeUnit.SECONDS))
                        .subscribeOn(Schedulers.parallel());
        StepVerifier.create(waits)
                .expectErrorMatches(BlockHoundTest::isBlocking)
                .verify(Duration.ofSeconds(10));
    }

    private static boolean isBlocking(Throwable error) {
        return error instanceof BlockingOperationError
                || error.getCause() instanceof BlockingOperationError;
    }
}
