package cctvout.status;

import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;
import static cctvout.status.Verdict.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.camera.Cameras;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.log.Json;
import cctvout.log.LogEntry;
import cctvout.log.PostgresEventLog;
import cctvout.status.StatusTransition.Evidence;
import cctvout.store.Answer;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

class PostgresTransitionLogTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Instant AT = Instant.parse("2026-05-01T12:34:56.123456Z");
    private static final CameraId A = new CameraId("a");
    private static final CameraId B = new CameraId("b");

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final CameraRegistry registry = new PostgresCameraRegistry(database);
    private final PostgresEventLog events = new PostgresEventLog(database);
    private final TransitionLog log = new PostgresTransitionLog(database, events);

    @BeforeEach
    void register() throws Exception {
        Answer.of(registry.saveAll(List.of(Cameras.camera("a"), Cameras.camera("b"))));
    }

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void acceptsOnlyWhatStartsFromTheStoredVerdict() throws Exception {
        assertThat(appended(move(A, HEALTHY, LINE_FAULT))).isEmpty();
        assertThat(appended(move(A, UNKNOWN, HEALTHY))).containsExactly("1 a HEALTHY");
        assertThat(appended(move(A, UNKNOWN, LINE_FAULT))).isEmpty();
        assertThat(appended(move(A, LINE_FAULT, HEALTHY))).isEmpty();
        assertThat(appended(move(A, HEALTHY, LINE_FAULT))).containsExactly("2 a LINE_FAULT");
        assertThat(Answer.of(events.head())).isEqualTo(2);
    }

    @Test
    void theRefusedOfABatchLeaveNoHoleAmongTheOthers() throws Exception {
        assertThat(
                        appended(
                                move(B, HEALTHY, LINE_FAULT),
                                move(A, UNKNOWN, HEALTHY),
                                move(A, UNKNOWN, LINE_FAULT),
                                move(B, UNKNOWN, CAMERA_FAULT)))
                .containsExactly("1 a HEALTHY", "2 b CAMERA_FAULT");
        assertThat(Answer.of(log.read(0, 10)).stream().map(StatusTransition::seq))
                .containsExactly(1L, 2L);
    }

    @Test
    void aChainOfOneCameraInABatchEndsInItsLast() throws Exception {
        StatusTransition recovered =
                new StatusTransition(
                        0, A, LINE_FAULT, HEALTHY, "OK", Evidence.NONE, AT.plusSeconds(9));
        assertThat(appended(move(A, UNKNOWN, LINE_FAULT), recovered))
                .containsExactly("1 a LINE_FAULT", "2 a HEALTHY");
        CameraStatus now = Answer.of(log.current(A));
        assertThat(now.verdict()).isEqualTo(HEALTHY);
        assertThat(now.reason()).isEqualTo("OK");
        assertThat(now.since()).isEqualTo(AT.plusSeconds(9));
        assertThat(Answer.of(log.ofCamera(A, 10)).stream().map(StatusTransition::seq))
                .containsExactly(2L, 1L);
        assertThat(Answer.of(log.ofCamera(A, 1)).stream().map(StatusTransition::seq))
                .containsExactly(2L);
    }

    @Test
    void ofTwoEnginesThatSeeTheSameOneIsTaken() throws Exception {
        List<Camera> cameras = Cameras.many(40);
        Answer.of(registry.saveAll(cameras));
        TransitionLog other = new PostgresTransitionLog(database, new PostgresEventLog(database));
        List<Integer> taken =
                Answer.of(
                        Flux.fromIterable(cameras)
                                .flatMap(
                                        camera -> {
                                            var one = List.of(move(camera.id(), UNKNOWN, HEALTHY));
                                            var two =
                                                    List.of(move(camera.id(), UNKNOWN, LINE_FAULT));
                                            return Mono.zip(
                                                    log.append(one),
                                                    other.append(two),
                                                    (a, b) -> a.size() + b.size());
                                        },
                                        6)
                                .collectList());
        assertThat(taken).hasSize(40).containsOnly(1);
        assertThat(Answer.of(events.head())).isEqualTo(40);
    }

    @Test
    void aCameraThatIsGoneCanOnlyBecomeUnknown() throws Exception {
        appended(move(A, UNKNOWN, LINE_FAULT));
        Answer.of(registry.delete(A, OptionalLong.empty()));
        assertThat(appended(move(A, LINE_FAULT, HEALTHY))).isEmpty();
        assertThat(appended(move(A, LINE_FAULT, UNKNOWN))).containsExactly("2 a UNKNOWN");
        assertThat(appended(move(new CameraId("never"), UNKNOWN, HEALTHY))).isEmpty();
    }

    @Test
    void aRemovedCameraIsCurrentUntilItsFaultHasEnded() throws Exception {
        appended(move(A, UNKNOWN, LINE_FAULT), move(B, UNKNOWN, HEALTHY));
        Answer.of(registry.delete(A, OptionalLong.empty()));
        assertThat(current()).containsExactly("a LINE_FAULT", "b HEALTHY");
        appended(move(A, LINE_FAULT, UNKNOWN));
        assertThat(current()).containsExactly("b HEALTHY");
    }

    @Test
    void theEntryCarriesItsOwnNumberAndTheEvidence() throws Exception {
        Evidence evidence = new Evidence(Measured.echo(AT), Measured.stream(AT.plusNanos(789)));
        StatusTransition given =
                new StatusTransition(0, A, UNKNOWN, CAMERA_FAULT, "HTTP_404", evidence, AT);
        Answer.of(database.inTransaction(events.append(List.of(unrelated()))));
        assertThat(Answer.of(log.append(List.of(given)))).containsExactly(given.numbered(2));

        LogEntry entry = Answer.of(events.read(1, Set.of(), 10)).getFirst();
        assertThat(entry.seq()).isEqualTo(2);
        assertThat(entry.type()).isEqualTo(LogEntry.TRANSITION);
        assertThat(entry.subject()).isEqualTo("a");
        assertThat(entry.cameraId()).isEqualTo("a");
        assertThat(entry.at()).isEqualTo(AT);
        assertThat(entry.body()).doesNotContain("\n").contains("\"cameraId\":\"a\"");
        assertThat(Json.read(entry.body(), StatusTransition.class)).isEqualTo(given.numbered(2));
        assertThat(Answer.of(log.read(0, 10))).containsExactly(given.numbered(2));
        assertThat(Answer.of(log.ofCamera(A, 10))).containsExactly(given.numbered(2));
    }

    @Test
    void currentShowsVerdictAndMeasurements() throws Exception {
        Evidence both = new Evidence(Measured.echo(AT), Measured.stream(AT));
        Answer.of(
                log.append(
                        List.of(new StatusTransition(0, A, UNKNOWN, CAMERA_FAULT, "X", both, AT))));
        CameraStatus expected = new CameraStatus(A, CAMERA_FAULT, "X", AT, both.icmp(), both.hls());
        assertThat(Answer.of(log.current(A))).isEqualTo(expected);
        assertThat(Answer.of(log.verdicts(List.of(A, B)).collectList()))
                .containsExactly(CameraState.of(expected));
        StepVerifier.create(log.current(B)).expectComplete().verify(LONG);
    }

    @Test
    void aTransitionWithoutEvidenceKeepsTheMeasurementsThatWereThere() throws Exception {
        Evidence both = new Evidence(Measured.echo(AT), Measured.stream(AT));
        Answer.of(
                log.append(
                        List.of(new StatusTransition(0, A, UNKNOWN, CAMERA_FAULT, "X", both, AT))));
        appended(move(A, CAMERA_FAULT, UNKNOWN));
        assertThat(Answer.of(log.current(A)).icmp()).isEqualTo(both.icmp());
        assertThat(Answer.of(log.current(A)).hls()).isEqualTo(both.hls());
    }

    @Test
    void aThousandAreStoredInABatch() throws Exception {
        List<Camera> cameras = Cameras.many(1000);
        Answer.of(registry.saveAll(cameras));
        Evidence evidence = new Evidence(Measured.echo(AT), Measured.stream(AT));
        // the first is slowed by classes that are loaded and plans that are made
        Answer.of(log.append(moves(cameras, UNKNOWN, HEALTHY, evidence)));
        long begun = System.nanoTime();
        List<StatusTransition> stored =
                Answer.of(log.append(moves(cameras, HEALTHY, LINE_FAULT, evidence)));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(stored.stream().map(StatusTransition::seq))
                .containsExactlyElementsOf(LongStream.rangeClosed(1001, 2000).boxed().toList());
        assertThat(took).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anEmptyBatchIsNothing() throws Exception {
        assertThat(appended()).isEmpty();
    }

    @Test
    void whatIsAppendedIsThereAfterTheCallerLeft() throws Exception {
        log.append(List.of(move(A, UNKNOWN, HEALTHY))).subscribe().dispose();
        StepVerifier.create(events.follow(0, Set.of()).map(LogEntry::seq))
                .expectNext(1L)
                .thenCancel()
                .verify(LONG);
    }

    /** Measurements lock the same rows, in the order of ids. */
    @Test
    void transitionsMoveInTheOrderOfIdsAndLockNobodyOut() throws Exception {
        List<Camera> cameras = new ArrayList<>(Cameras.many(300));
        Answer.of(registry.saveAll(cameras));
        Collections.reverse(cameras);
        Answer.of(log.append(moves(cameras, UNKNOWN, HEALTHY, Evidence.NONE)));
        String measured =
                """
                insert into camera_status (camera_id, verdict, reason, since, seq)
                select camera_id, 'UNKNOWN', 'x', now(), 0 from camera_status order by camera_id
                on conflict (camera_id) do update set reason = 'y'
                """;
        Mono<Long> measurements =
                database.client().sql(measured).fetch().rowsUpdated().repeat(60).count();
        Mono<Long> transitions =
                Flux.range(0, 60)
                        .concatMap(
                                i ->
                                        log.append(
                                                i % 2 == 0
                                                        ? moves(
                                                                cameras,
                                                                HEALTHY,
                                                                LINE_FAULT,
                                                                Evidence.NONE)
                                                        : moves(
                                                                cameras,
                                                                LINE_FAULT,
                                                                HEALTHY,
                                                                Evidence.NONE)))
                        .map(List::size)
                        .filter(size -> size == 300)
                        .count();
        assertThat(Answer.of(Mono.zip(measurements, transitions)).getT2()).isEqualTo(60);
    }

    private List<String> appended(StatusTransition... transitions) throws Exception {
        return Answer.of(log.append(List.of(transitions))).stream()
                .map(t -> t.seq() + " " + t.cameraId() + " " + t.to())
                .toList();
    }

    private List<String> current() throws Exception {
        return Answer.of(
                log.verdicts(List.of(A, B))
                        .map(s -> s.id() + " " + s.verdict())
                        .sort()
                        .collectList());
    }

    private static List<StatusTransition> moves(
            List<Camera> cameras, Verdict from, Verdict to, Evidence evidence) {
        return cameras.stream()
                .map(c -> new StatusTransition(0, c.id(), from, to, "WHY", evidence, AT))
                .toList();
    }

    private static StatusTransition move(CameraId id, Verdict from, Verdict to) {
        return new StatusTransition(0, id, from, to, "WHY", Evidence.NONE, AT);
    }

    private static LogEntry.Draft unrelated() {
        return new LogEntry.Draft(LogEntry.ISSUE, "i-1", null, "{}", AT);
    }
}
