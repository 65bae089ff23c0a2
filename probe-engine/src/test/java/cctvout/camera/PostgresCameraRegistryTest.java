package cctvout.camera;

import static cctvout.camera.CameraRegistry.Saving.CREATED;
import static cctvout.camera.CameraRegistry.Saving.UNCHANGED;
import static cctvout.camera.CameraRegistry.Saving.UPDATED;
import static cctvout.camera.Cameras.camera;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;
import cctvout.store.Answer;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

class PostgresCameraRegistryTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final OptionalLong ANY = OptionalLong.empty();
    private static final CameraId A = new CameraId("a");

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final CameraRegistry registry = new PostgresCameraRegistry(embedded.database());

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void aCreatedCameraIsFoundAsItWasGivenAtVersionOne() throws Exception {
        Camera given = camera("a", "천안역 동부광장 \uD83D\uDCF7 'quoted' \"twice\" \\n");
        assertThat(Answer.of(registry.create(given))).isEqualTo(given.withVersion(1));
        assertThat(Answer.of(registry.find(A))).isEqualTo(given.withVersion(1));
    }

    @Test
    void aCameraOfNothingButAnIdAndAUrlComesBackWithoutTheRest() throws Exception {
        Camera bare =
                new Camera(
                        A,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "http://h/x",
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        Camera.Probes.BOTH,
                        0);
        Answer.of(registry.create(bare));
        assertThat(Answer.of(registry.find(A))).isEqualTo(bare.withVersion(1));
    }

    @Test
    void theSameIdTwiceIsRefused() throws Exception {
        Answer.of(registry.create(camera("a")));
        StepVerifier.create(registry.create(camera("a", "another")))
                .expectErrorSatisfies(
                        refused ->
                                assertThat(refused)
                                        .isInstanceOf(RecordExistsException.class)
                                        .hasMessageContaining("camera a"))
                .verify(LONG);
        assertThat(Answer.of(registry.find(A)).name()).isEqualTo("camera a");
    }

    @Test
    void ofManyWhoCreateOneIdAtOnceOneSucceeds() throws Exception {
        for (String id : List.of("r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8")) {
            Flux<String> outcomes =
                    Flux.range(0, 12)
                            .flatMap(
                                    i ->
                                            registry.create(camera(id, "by " + i))
                                                    .map(_ -> "created")
                                                    .onErrorReturn(
                                                            RecordExistsException.class, "exists"),
                                    12);
            assertThat(Answer.of(outcomes.collectList())).hasSize(12).containsOnlyOnce("created");
            assertThat(Answer.of(registry.find(new CameraId(id))).version()).isEqualTo(1);
        }
    }

    @Test
    void unknownIdsAreEmpty() throws Exception {
        StepVerifier.create(registry.find(A)).expectComplete().verify(LONG);
        StepVerifier.create(registry.update(camera("a"), ANY)).expectComplete().verify(LONG);
        assertThat(Answer.of(registry.delete(A, ANY))).isFalse();
        assertThat(Answer.of(registry.findAll(List.of(A)))).isEmpty();
    }

    @Test
    void aRemovedOneIsLastKnownAsItWas() throws Exception {
        Camera there = Answer.of(registry.create(camera("a")));
        assertThat(Answer.of(registry.lastKnown(A))).isEqualTo(there);
        Answer.of(registry.delete(A, ANY));
        assertThat(Answer.of(registry.lastKnown(A)).line()).isEqualTo(there.line());
        StepVerifier.create(registry.find(A)).expectComplete().verify(LONG);
        StepVerifier.create(registry.lastKnown(new CameraId("never")))
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void anUpdateCountsTheVersionUp() throws Exception {
        Answer.of(registry.create(camera("a")));
        Camera renamed = camera("a", "renamed");
        assertThat(Answer.of(registry.update(renamed, OptionalLong.of(1))))
                .isEqualTo(renamed.withVersion(2));
        assertThat(Answer.of(registry.find(A))).isEqualTo(renamed.withVersion(2));
    }

    @Test
    void anUpdateThatChangesNothingKeepsTheVersionAndTellsNobody() throws Exception {
        Answer.of(registry.create(camera("a")));
        assertThat(Answer.of(registry.update(camera("a"), ANY)).version()).isEqualTo(1);
        assertThat(Answer.of(registry.saveAll(List.of(camera("a"))))).containsExactly(UNCHANGED);
        Answer.of(registry.create(camera("b")));
        StepVerifier.create(registry.changes(1).map(CameraChange::id))
                .expectNext(new CameraId("b"))
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void aStaleUpdateOrDeleteIsRefusedAndChangesNothing() throws Exception {
        Answer.of(registry.create(camera("a")));
        OptionalLong stale = OptionalLong.of(7);
        StepVerifier.create(registry.update(camera("a", "x"), stale))
                .expectError(StaleRecordException.class)
                .verify(LONG);
        StepVerifier.create(registry.delete(A, stale))
                .expectErrorMessage("camera a is at version 1, not 7")
                .verify(LONG);
        assertThat(Answer.of(registry.find(A))).isEqualTo(camera("a").withVersion(1));
    }

    @Test
    void ofManyWhoUpdateTheSameVersionOneSucceeds() throws Exception {
        Answer.of(registry.create(camera("a")));
        List<Long> versions =
                Answer.of(
                        Flux.range(0, 12)
                                .flatMap(
                                        i ->
                                                registry.update(
                                                                camera("a", "by " + i),
                                                                OptionalLong.of(1))
                                                        .map(Camera::version)
                                                        .onErrorReturn(
                                                                StaleRecordException.class, -1L),
                                        12)
                                .collectList());
        assertThat(versions).hasSize(12).containsOnlyOnce(2L).containsOnly(2L, -1L);
    }

    @Test
    void aRemovedCameraIsNowhereAndItsVersionGoesOnWhenItComesBack() throws Exception {
        Answer.of(registry.create(camera("a")));
        assertThat(Answer.of(registry.delete(A, OptionalLong.of(1)))).isTrue();
        StepVerifier.create(registry.find(A)).expectComplete().verify(LONG);
        StepVerifier.create(registry.all()).expectComplete().verify(LONG);
        assertThat(Answer.of(registry.findAll(List.of(A)))).isEmpty();
        assertThat(Answer.of(registry.delete(A, ANY))).isFalse();
        StepVerifier.create(registry.update(camera("a"), ANY)).expectComplete().verify(LONG);

        assertThat(Answer.of(registry.create(camera("a", "again"))).version()).isEqualTo(3);
        assertThat(Answer.of(registry.find(A))).isEqualTo(camera("a", "again").withVersion(3));
    }

    @Test
    void aBatchSaysWhatBecameOfEachInItsOrder() throws Exception {
        Answer.of(registry.saveAll(List.of(camera("same"), camera("other"), camera("gone"))));
        Answer.of(registry.delete(new CameraId("gone"), ANY));
        List<Camera> batch =
                List.of(
                        camera("z-new"),
                        camera("same"),
                        camera("other", "changed"),
                        camera("gone"),
                        camera("a-new"));
        assertThat(Answer.of(registry.saveAll(batch)))
                .containsExactly(CREATED, UNCHANGED, UPDATED, CREATED, CREATED);
        StepVerifier.create(registry.all().map(c -> c.id() + " " + c.version()))
                .expectNext("a-new 1", "gone 3", "other 2", "same 1", "z-new 1")
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void anIdTwiceInABatchEndsAsTheLast() throws Exception {
        List<Camera> batch =
                List.of(camera("a", "first"), camera("b"), camera("a", "last"), camera("b"));
        assertThat(Answer.of(registry.saveAll(batch)))
                .containsExactly(CREATED, CREATED, UPDATED, UNCHANGED);
        assertThat(Answer.of(registry.find(A))).isEqualTo(camera("a", "last").withVersion(2));
        assertThat(Answer.of(registry.saveAll(List.of(camera("a", "x"), camera("a", "last")))))
                .containsExactly(UPDATED, UPDATED);
    }

    @Test
    void aBatchOverTheLimitIsRefusedByNameOfTheLimit() throws Exception {
        assertThat(Answer.of(registry.saveAll(Cameras.many(CameraQuery.MAX_LIMIT))))
                .hasSize(1000)
                .containsOnly(CREATED);
        StepVerifier.create(registry.saveAll(Cameras.many(CameraQuery.MAX_LIMIT + 1)))
                .expectErrorMessage("a batch of 1001 cameras, at most 1000")
                .verify(LONG);
        assertThat(Answer.of(registry.saveAll(List.of()))).isEmpty();
    }

    @Test
    void batchesOfTheSameCamerasAtOnceNeitherFailNorCreateTwice() throws Exception {
        List<Camera> forward = new ArrayList<>(Cameras.many(200));
        List<Camera> backward = new ArrayList<>(forward);
        Collections.reverse(backward);
        List<CameraRegistry.Saving> savings =
                Answer.of(
                        Flux.range(0, 8)
                                .flatMap(i -> registry.saveAll(i % 2 == 0 ? forward : backward), 8)
                                .concatMapIterable(it -> it)
                                .collectList());
        assertThat(savings.stream().filter(it -> it == CREATED)).hasSize(200);
        assertThat(savings.stream().filter(it -> it == UNCHANGED)).hasSize(7 * 200);
    }

    @Test
    void writersOfAllKindsAtOnceDoNotLockEachOtherOut() throws Exception {
        List<Camera> cameras = Cameras.many(40);
        Flux<Object> writers =
                Flux.range(0, 200)
                        .flatMap(
                                i -> {
                                    Camera one = cameras.get(i * 7 % 40);
                                    return switch (i % 4) {
                                        case 0 -> registry.saveAll(cameras).cast(Object.class);
                                        case 1 -> registry.delete(one.id(), ANY);
                                        case 2 ->
                                                registry.update(
                                                                camera(one.id().value(), "n" + i),
                                                                ANY)
                                                        .cast(Object.class)
                                                        .defaultIfEmpty("gone");
                                        default ->
                                                registry.create(one)
                                                        .cast(Object.class)
                                                        .onErrorReturn(
                                                                RecordExistsException.class,
                                                                "there");
                                    };
                                },
                                12);
        assertThat(Answer.of(writers.count())).isEqualTo(200);
    }

    @Test
    void allReadsEveryCameraOverSeveralPages() throws Exception {
        Answer.of(registry.saveAll(Cameras.many(1000)));
        List<Camera> more = Cameras.many(2100).stream().skip(1000).toList();
        Answer.done(registry.saveAll(more.subList(0, 1000)));
        Answer.done(registry.saveAll(more.subList(1000, 1100)));
        List<String> ids = Answer.of(registry.all().map(c -> c.id().value()).collectList());
        assertThat(ids).hasSize(2100).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void findAllLeavesOutWhatIsNotThere() throws Exception {
        Answer.of(registry.saveAll(List.of(camera("a"), camera("b"))));
        var found = Answer.of(registry.findAll(List.of(A, new CameraId("x"), new CameraId("b"))));
        assertThat(found).containsOnlyKeys(A, new CameraId("b"));
        assertThat(found.get(A)).isEqualTo(camera("a").withVersion(1));
    }

    @Test
    void publishersAreLazy() throws Exception {
        Mono<Camera> create = registry.create(camera("a"));
        StepVerifier.create(registry.find(A)).expectComplete().verify(LONG);
        Answer.done(create);
        assertThat(Answer.of(registry.find(A)).version()).isEqualTo(1);
    }
}
