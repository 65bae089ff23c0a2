package cctvout.history;

import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;
import static cctvout.status.Verdict.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.camera.Cameras;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.log.PostgresEventLog;
import cctvout.status.PostgresTransitionLog;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.Verdict;
import cctvout.store.Answer;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class PostgresVerdictHistoryTest {
    private static final Instant T0 = Instant.parse("2026-05-01T00:00:00.123456Z");

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final PostgresTransitionLog transitions =
            new PostgresTransitionLog(database, new PostgresEventLog(database));
    private final PostgresVerdictHistory history = new PostgresVerdictHistory(database);

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void eachTransitionEndsATimeAndBeginsOne() throws Exception {
        register("a", "b");
        Answer.of(transitions.append(List.of(to("a", UNKNOWN, HEALTHY, 0))));
        Answer.of(
                transitions.append(
                        List.of(
                                to("a", HEALTHY, LINE_FAULT, 10),
                                to("b", UNKNOWN, CAMERA_FAULT, 15),
                                to("a", LINE_FAULT, HEALTHY, 20))));
        assertThat(spans(-5, 100, 0))
                .containsExactly(
                        new VerdictSpan(HEALTHY, at(0), at(10)),
                        new VerdictSpan(LINE_FAULT, at(10), at(20)),
                        new VerdictSpan(HEALTHY, at(20), Instant.MAX));
        assertThat(spans(-5, 100, 1))
                .containsExactly(new VerdictSpan(CAMERA_FAULT, at(15), Instant.MAX));
    }

    @Test
    void aPeriodHasWhatTouchesItWithItsOwnTimes() throws Exception {
        register("a");
        Answer.of(transitions.append(List.of(to("a", UNKNOWN, HEALTHY, 0))));
        Answer.of(transitions.append(List.of(to("a", HEALTHY, LINE_FAULT, 10))));
        Answer.of(transitions.append(List.of(to("a", LINE_FAULT, HEALTHY, 20))));
        assertThat(spans(12, 15, 0)).containsExactly(new VerdictSpan(LINE_FAULT, at(10), at(20)));
        assertThat(spans(20, 25, 0)).containsExactly(new VerdictSpan(HEALTHY, at(20), Instant.MAX));
        assertThat(spans(-20, -10, 0)).isEmpty();
    }

    @Test
    void aClockThatWentBackMakesNoTimeBelowZero() throws Exception {
        register("a");
        Answer.of(transitions.append(List.of(to("a", UNKNOWN, HEALTHY, 10))));
        Answer.of(transitions.append(List.of(to("a", HEALTHY, LINE_FAULT, 5))));
        assertThat(spans(0, 100, 0))
                .containsExactly(
                        new VerdictSpan(HEALTHY, at(10), at(10)),
                        new VerdictSpan(LINE_FAULT, at(5), Instant.MAX));
    }

    @Test
    void allCamerasComeInTheOrderOfIdsPageAfterPage() throws Exception {
        Answer.done(
                database.client()
                        .sql(
                                """
                                insert into camera (id, ip, line, version, removed, revision)
                                select 'c' || lpad(n::text, 5, '0'), '127.0.0.1', 'L-1', 1, n % 7 = 0, n
                                from generate_series(1, 4500) n
                                """)
                        .then());
        List<CameraVerdicts> all =
                Answer.of(history.verdicts(new Interval(at(0), at(9))).collectList());
        assertThat(all).hasSize(4500).isSortedAccordingTo((x, y) -> id(x).compareTo(id(y)));
        assertThat(all.getFirst().line()).isEqualTo("L-1");
        assertThat(all).allSatisfy(it -> assertThat(it.spans()).isEmpty());
    }

    private static String id(CameraVerdicts camera) {
        return camera.id().value();
    }

    private List<VerdictSpan> spans(int from, int to, int camera) throws Exception {
        return Answer.of(history.verdicts(new Interval(at(from), at(to))).collectList())
                .get(camera)
                .spans();
    }

    private void register(String... cameras) throws Exception {
        for (String camera : cameras) {
            Answer.of(new PostgresCameraRegistry(database).create(Cameras.camera(camera)));
        }
    }

    private static StatusTransition to(String camera, Verdict from, Verdict to, int second) {
        return new StatusTransition(
                0, new CameraId(camera), from, to, "R", Evidence.NONE, at(second));
    }

    private static Instant at(int second) {
        return T0.plusSeconds(second);
    }
}
