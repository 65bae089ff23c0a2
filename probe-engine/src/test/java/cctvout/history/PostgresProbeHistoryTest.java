package cctvout.history;

import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;
import static cctvout.status.Verdict.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.hls.HlsResult;
import cctvout.log.PostgresEventLog;
import cctvout.status.CameraStatus;
import cctvout.status.Measured;
import cctvout.status.PostgresTransitionLog;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog;
import cctvout.store.Answer;
import cctvout.store.Columns;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

class PostgresProbeHistoryTest extends HistoryRig {

    private final TransitionLog transitions =
            new PostgresTransitionLog(database, new PostgresEventLog(database));

    @Test
    void measurementsAreWrittenBesideAVerdictThatStays() throws Exception {
        Answer.of(
                transitions.append(
                        List.of(
                                new StatusTransition(
                                        0, A, UNKNOWN, LINE_FAULT, "CUT", Evidence.NONE, T0))));
        history.record(
                new CameraStatus(
                        A, HEALTHY, "OK", T0, Measured.echo(at(1)), Measured.stream(at(2))));
        Answer.done(history.flush());
        HlsResult stream = withoutZero(Measured.stream(at(2)));
        assertThat(Answer.of(transitions.current(A)))
                .isEqualTo(
                        new CameraStatus(A, LINE_FAULT, "CUT", T0, Measured.echo(at(1)), stream));
        assertThat(checks(100))
                .containsExactly(
                        new CameraStatus(A, HEALTHY, "OK", T0, Measured.echo(at(1)), stream));
    }

    /** PostgreSQL's text cannot hold one. */
    private static HlsResult withoutZero(HlsResult it) {
        return new HlsResult(
                it.status(),
                it.reason(),
                it.httpStatus(),
                it.mediaSequence(),
                it.targetDurationSeconds(),
                it.latencyMs(),
                String.valueOf(it.detail()).replace('\u0000', '\ufffd'),
                it.warnings(),
                null,
                null,
                it.checkedAt());
    }

    @Test
    void whyACameraIsUnknownIsKeptUpToDate() throws Exception {
        history.record(seen(UNKNOWN, "NOT_CHECKED", 1));
        Answer.done(history.flush());
        assertThat(Answer.of(transitions.current(A)).reason()).isEqualTo("NOT_CHECKED");
        history.record(seen(UNKNOWN, "PROBER_OVERLOAD", 2));
        Answer.done(history.flush());
        CameraStatus now = Answer.of(transitions.current(A));
        assertThat(now.verdict()).isEqualTo(UNKNOWN);
        assertThat(now.reason()).isEqualTo("PROBER_OVERLOAD");
        assertThat(now.icmp()).isEqualTo(Measured.echo(at(2)));
    }

    @Test
    void ofSeveralInABatchTheLastIsTheLatest() throws Exception {
        for (int i = 1; i <= 5; i++) {
            history.record(seen(HEALTHY, "OK", i));
        }
        Answer.done(history.flush());
        assertThat(Answer.of(transitions.current(A)).icmp()).isEqualTo(Measured.echo(at(5)));
        assertThat(checks(100)).hasSize(5);
    }

    @Test
    void theSameCheckTwiceIsWrittenOnce() throws Exception {
        history.record(seen(HEALTHY, "OK", 1));
        history.record(seen(HEALTHY, "OK", 1));
        Answer.done(history.flush());
        history.record(seen(HEALTHY, "OK", 1));
        Answer.done(history.flush());
        assertThat(checks(100)).hasSize(1);
        assertThat(history.size()).isZero();
    }

    @Test
    void whatWasNotMeasuredIsNotWritten() throws Exception {
        history.record(new CameraStatus(A, UNKNOWN, "NOT_CHECKED", T0, null, null));
        Answer.done(history.flush());
        assertThat(checks(100)).isEmpty();
        assertThat(history.size()).isZero();
    }

    @Test
    void checksAreNewestFirstWithinTheSpanUpToTheLimit() throws Exception {
        for (int i : List.of(3, 1, 5, 2, 4)) {
            history.record(seen(HEALTHY, "OK " + i, i));
        }
        history.record(Measured.status(new CameraId("b"), HEALTHY, "another", at(3)));
        Answer.done(history.flush());
        assertThat(reasons(at(2), at(4), 100)).containsExactly("OK 4", "OK 3", "OK 2");
        assertThat(reasons(at(0), at(9), 2)).containsExactly("OK 5", "OK 4");
        assertThat(reasons(at(6), at(9), 2)).isEmpty();
    }

    @Test
    void daysThatWereKeptLongEnoughAreRemovedAsAWhole() throws Exception {
        Instant old = Instant.now().minus(Duration.ofDays(40));
        LocalDate day = LocalDate.ofInstant(old, ZoneOffset.UTC);
        Answer.done(
                database.client()
                        .sql("select add_measurement_day(:day)")
                        .bind("day", day)
                        .fetch()
                        .first());
        history.record(Measured.status(A, HEALTHY, "OK", old));
        history.record(Measured.status(A, HEALTHY, "OK", old.minus(Duration.ofDays(60))));
        history.record(seen(HEALTHY, "OK", 1));
        Answer.done(history.flush());
        assertThat(count()).isEqualTo(3);
        Answer.done(history.upkeep());
        assertThat(count()).isEqualTo(1);
        assertThat(checks(100)).hasSize(1);
        assertThat(days()).contains("measurement_default").hasSizeGreaterThanOrEqualTo(4);
        assertThat(days()).doesNotContain("measurement_" + day.toString().replace("-", ""));
    }

    @Test
    void whatWasMeasuredOnADayThatIsNotThereYetIsKeptAndMovesIntoIt() throws Exception {
        Instant later = Instant.now().plus(Duration.ofDays(20)).truncatedTo(ChronoUnit.MICROS);
        history.record(Measured.status(A, HEALTHY, "OK", later));
        Answer.done(history.flush());
        assertThat(count("measurement_default")).isEqualTo(1);
        Answer.done(
                database.client()
                        .sql("select add_measurement_day(:day)")
                        .bind("day", LocalDate.ofInstant(later, ZoneOffset.UTC))
                        .fetch()
                        .first());
        assertThat(count("measurement_default")).isZero();
        assertThat(Answer.of(history.checks(A, later.minusSeconds(1), later.plusSeconds(1), 10)))
                .containsExactly(Measured.status(A, HEALTHY, "OK", later));
    }

    private List<String> days() throws Exception {
        return Answer.of(
                database.client()
                        .sql(
                                "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'measurement'::regclass")
                        .map(row -> Columns.text(row, "name"))
                        .all()
                        .collectList());
    }

    private List<String> reasons(Instant from, Instant to, int limit) throws Exception {
        return Answer.of(history.checks(A, from, to, limit)).stream()
                .map(CameraStatus::reason)
                .toList();
    }
}
