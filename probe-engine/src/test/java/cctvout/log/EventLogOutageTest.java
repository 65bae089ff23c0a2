package cctvout.log;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.store.Answer;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

class EventLogOutageTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void aReaderReadsOnWhenTheServerIsBack(@TempDir Path folder) throws Exception {
        Disposable.Swap reader = Disposables.swap();
        try (EmbeddedDatabase embedded = EmbeddedDatabase.start(folder)) {
            PostgresEventLog log = new PostgresEventLog(embedded.database());
            Mono<List<Long>> append = embedded.database().inTransaction(log.append(one()));
            Flux<Long> followed =
                    log.follow(0, Set.of())
                            .map(LogEntry::seq)
                            .replay()
                            .autoConnect(1, reader::update);

            Answer.of(append);
            StepVerifier.create(followed.take(1)).expectNext(1L).expectComplete().verify(LONG);

            embedded.stopServer();
            StepVerifier.create(append).expectError().verify(LONG);
            embedded.startServer();

            Mono<List<Long>> again = append.retryWhen(Retry.backoff(100, Duration.ofMillis(50)));
            assertThat(Answer.of(again)).containsExactly(2L);
            assertThat(Answer.of(again)).containsExactly(3L);
            StepVerifier.create(followed.take(3))
                    .expectNext(1L, 2L, 3L)
                    .expectComplete()
                    .verify(LONG);
        } finally {
            reader.dispose();
        }
    }

    private static List<LogEntry.Draft> one() {
        return List.of(new LogEntry.Draft(LogEntry.ISSUE, "i", null, "{}", Instant.EPOCH));
    }
}
