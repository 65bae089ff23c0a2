package cctvout.stream;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.LogEntry;
import cctvout.log.LogEntry.Draft;
import cctvout.log.PostgresEventLog;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** I6 for those who read the stream: of a real log, where transactions commit late. */
class LateCommitTest {

    private static final int TRANSACTIONS = 120;
    private static final int CAMERAS = 7;

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final PostgresEventLog log = new PostgresEventLog(embedded.database());

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void aNumberThatCommitsLateIsSeenBeforeAnyAboveIt() throws Exception {
        try (var server = StreamServer.over(log);
                var reader = EventReader.open(server.uri("?after=0"), null)) {
            Sinks.Empty<Void> commit = Sinks.empty();
            CountDownLatch numbered = new CountDownLatch(1);
            CompletableFuture<?> late =
                    append("c-1", 0, numbered::countDown, commit.asMono()).toFuture();
            assertThat(numbered.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<?> behind = append("c-2", 1, () -> {}, Mono.empty()).toFuture();
            try (var another = EventReader.open(server.uri("?after=0"), null)) {
                reader.next("summary");
                another.next("summary");
                assertThat(behind).isNotDone();
                commit.tryEmitEmpty();
                late.get(20, TimeUnit.SECONDS);
                behind.get(20, TimeUnit.SECONDS);
                assertThat(reader.nextIds(2)).containsExactly(1L, 2L);
                assertThat(another.nextIds(2)).containsExactly(1L, 2L);
            }
        }
    }

    @Test
    void nobodySkipsOrRepeatsARowWhileManyWriteAndSomeTakeTheirTime() throws Exception {
        try (var server = StreamServer.over(log);
                var reader = EventReader.open(server.uri("?after=0"), null)) {
            CompletableFuture<?> writing =
                    Flux.range(0, TRANSACTIONS)
                            .flatMap(
                                    i ->
                                            append(
                                                    "c-" + i % CAMERAS,
                                                    i,
                                                    () -> {},
                                                    Mono.delay(Duration.ofMillis(i % 4)).then()),
                                    8)
                            .then()
                            .toFuture();
            Map<String, List<Long>> seen = new HashMap<>();
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < TRANSACTIONS; i++) {
                var event = reader.next("issue");
                long id = Long.parseLong(event.id());
                ids.add(id);
                seen.computeIfAbsent(event.data(), _ -> new ArrayList<>()).add(id);
            }
            writing.get(60, TimeUnit.SECONDS);
            assertThat(ids)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, TRANSACTIONS).boxed().toList());
            assertThat(seen).hasSize(CAMERAS);
            assertThat(seen.values()).allSatisfy(its -> assertThat(its).isSorted());
        }
    }

    private Mono<Boolean> append(String camera, int i, Runnable numbered, Mono<Void> commit) {
        Draft draft =
                new Draft(
                        LogEntry.ISSUE,
                        "i-" + i,
                        camera,
                        "{\"cameraId\":\"" + camera + "\"}",
                        Instant.EPOCH);
        return embedded.database()
                .inTransaction(
                        log.append(List.of(draft))
                                .doOnNext(_ -> numbered.run())
                                .delayUntil(_ -> commit)
                                .thenReturn(true));
    }
}
