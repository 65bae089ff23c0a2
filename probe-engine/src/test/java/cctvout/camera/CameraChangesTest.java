package cctvout.camera;

import static cctvout.camera.Cameras.camera;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.store.Answer;
import cctvout.store.Database;
import cctvout.store.DeafDatabase;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

class CameraChangesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final OptionalLong ANY = OptionalLong.empty();

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final CameraRegistry registry = new PostgresCameraRegistry(database);

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void replaysAfterARevisionThenFollowsRemovalsToo() throws Exception {
        Answer.of(registry.create(camera("a")));
        Answer.of(registry.create(camera("b")));
        Answer.of(registry.create(camera("c")));
        Answer.of(registry.delete(new CameraId("b"), ANY));
        StepVerifier.create(registry.changes(1).map(CameraChangesTest::told))
                .expectNext("3: c 'camera c' v1", "4: b removed")
                .then(() -> registry.update(camera("a", "신부동"), ANY).subscribe())
                .expectNext("5: a '신부동' v2")
                .then(() -> registry.delete(new CameraId("c"), ANY).subscribe())
                .expectNext("6: c removed")
                .then(() -> registry.create(camera("c", "back")).subscribe())
                .expectNext("7: c 'back' v3")
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void aCameraIsReadAsItWasWritten() throws Exception {
        Camera bare =
                new Camera(
                        new CameraId("bare"),
                        null,
                        null,
                        null,
                        null,
                        "10.0.0.9",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        Camera.Probes.BOTH,
                        0);
        Camera full = camera("full", "a \"quoted\" \\ 이름, with \u2028 and a tab\t");
        Answer.of(registry.saveAll(List.of(bare, full)));
        List<CameraChange> read = Answer.of(registry.changesSoFar(0));
        assertThat(read)
                .containsExactlyInAnyOrder(
                        new CameraChange.Saved(bare.withVersion(1), revision(read, "bare")),
                        new CameraChange.Saved(full.withVersion(1), revision(read, "full")));
    }

    private static long revision(List<CameraChange> changes, String id) {
        return changes.stream()
                .filter(change -> change.id().value().equals(id))
                .findFirst()
                .orElseThrow()
                .revision();
    }

    @Test
    void whatThereIsComesInPiecesThatFollowOnEachOther() throws Exception {
        Answer.of(registry.saveAll(Cameras.many(900)));
        Answer.of(registry.saveAll(List.of(camera("x1"), camera("x2"))));
        Answer.of(registry.delete(new CameraId("x1"), ANY));
        long after = 0;
        int seen = 0;
        for (List<CameraChange> piece = Answer.of(registry.changesSoFar(after));
                !piece.isEmpty();
                piece = Answer.of(registry.changesSoFar(after))) {
            assertThat(piece).isSortedAccordingTo(Comparator.comparing(CameraChange::revision));
            assertThat(piece.getFirst().revision()).isGreaterThan(after);
            after = piece.getLast().revision();
            seen += piece.size();
        }
        assertThat(seen).isEqualTo(902);
    }

    @Test
    void changesComeWithinASecond() throws Exception {
        assertThat(latency(registry)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void changesComeWithinASecondThoughAllHintsAreLost() throws Exception {
        CameraRegistry deaf = new PostgresCameraRegistry(new DeafDatabase(database));
        assertThat(latency(deaf)).isLessThan(Duration.ofSeconds(1));
    }

    /** The median of some changes, each made when the one before was read. */
    private Duration latency(CameraRegistry reader) throws Exception {
        AtomicLong begun = new AtomicLong();
        Mono<Camera> change =
                Mono.defer(
                        () -> {
                            begun.set(System.nanoTime());
                            return registry.create(camera("n" + begun));
                        });
        List<Long> took =
                Answer.of(
                        Flux.merge(change.thenMany(Flux.<CameraChange>empty()), reader.changes(0))
                                .map(_ -> System.nanoTime() - begun.get())
                                .concatMap(nanos -> change.thenReturn(nanos), 1)
                                .take(7)
                                .sort()
                                .collectList());
        return Duration.ofNanos(took.get(3));
    }

    @Test
    void aBatchOfSeveralPagesIsReadWholeAndInOrder() throws Exception {
        List<Camera> cameras = Cameras.many(2500);
        for (int from = 0; from < 2500; from += 500) {
            Answer.done(registry.saveAll(cameras.subList(from, from + 500)));
        }
        List<CameraChange> seen = Answer.of(registry.changes(0).take(2500).collectList());
        assertThat(seen.stream().map(CameraChange::revision)).isSorted().doesNotHaveDuplicates();
        assertThat(seen.stream().map(CameraChange::id)).doesNotHaveDuplicates();
    }

    @Test
    void aReaderMissesNoneThoughWritersCommitInDisorder() throws Exception {
        Flux<List<CameraRegistry.Saving>> writers =
                Flux.range(0, 120)
                        .flatMap(
                                i ->
                                        database.inTransaction(
                                                registry.saveAll(List.of(camera("w" + i)))
                                                        .delayUntil(
                                                                _ ->
                                                                        Mono.delay(
                                                                                Duration.ofMillis(
                                                                                        i * 7
                                                                                                % 5)))),
                                12);
        List<Long> seen =
                Answer.of(
                        Flux.merge(
                                        registry.changes(0).map(CameraChange::revision),
                                        writers.thenMany(Flux.<Long>empty()))
                                .take(120)
                                .collectList());
        assertThat(seen).doesNotHaveDuplicates().isSorted().hasSize(120).endsWith(120L);
    }

    private static String told(CameraChange change) {
        return switch (change) {
            case CameraChange.Saved(var camera, var revision) ->
                    "%d: %s '%s' v%d"
                            .formatted(revision, camera.id(), camera.name(), camera.version());
            case CameraChange.Removed(var id, var revision) -> revision + ": " + id + " removed";
        };
    }
}
