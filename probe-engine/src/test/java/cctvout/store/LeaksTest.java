package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Netty looks at every buffer in tests, and says of which nobody let go. */
class LeaksTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CALLERS = 1000;
    private static final int AT_ONCE = 20;

    private static final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private static final Database database = embedded.database();
    private static final Logger netty =
            (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        said.start();
        netty.addAppender(said);
        // what tests before this one left behind is theirs
        leaks();
        said.list.clear();
    }

    @AfterEach
    void listenNoMore() {
        netty.detachAppender(said);
    }

    @AfterAll
    static void stop() {
        embedded.close();
    }

    @Test
    void whoLeavesAtAnyMomentLeavesNoBufferBehind() {
        StepVerifier.create(answer()).expectNext(1L).expectComplete().verify(LONG);
        long begun = System.nanoTime();
        StepVerifier.create(answer().repeat(20).then()).expectComplete().verify(LONG);
        long one = (System.nanoTime() - begun) / 20;
        // from before a statement has a connection until its answer has come
        Mono<Long> answered =
                Flux.range(0, CALLERS)
                        .flatMap(
                                i ->
                                        answer().timeout(Duration.ofNanos(i % 101 * one / 8))
                                                .onErrorResume(
                                                        TimeoutException.class, _ -> Mono.empty()),
                                AT_ONCE)
                        .count();
        StepVerifier.create(answered)
                .assertNext(count -> assertThat(count).isLessThan(CALLERS))
                .expectComplete()
                .verify(LONG);
        assertThat(leaks()).isEmpty();
    }

    private static Mono<Long> answer() {
        return database.client()
                .sql(
                        "select n, repeat('x', 200) as text from generate_series(1, 20) n where :text <> ''")
                .bind("text", "y".repeat(3000))
                .map(row -> Columns.text(row, "text"))
                .all()
                .count()
                .map(n -> n / 20);
    }

    /** What was collected shows with the next buffers that are made. */
    private List<String> leaks() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            for (int j = 0; j < 100; j++) {
                PooledByteBufAllocator.DEFAULT.buffer(16).release();
            }
            StepVerifier.create(answer()).expectNext(1L).expectComplete().verify(LONG);
        }
        return said.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(leak -> leak.contains("io.r2dbc"))
                .toList();
    }
}
