package cctvout.history;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.cluster.StaleWrites;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;
import cctvout.store.Answer;
import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

class PostgresHoursTest {
    private static final CameraId A = new CameraId("a");
    private static final Instant HOUR =
            Instant.now().minus(Duration.ofHours(5)).truncatedTo(ChronoUnit.HOURS);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final HistorySettings settings = HistorySettings.of(1000, 100, Duration.ofSeconds(1));
    private final PostgresHours hours = new PostgresHours(database, settings);
    private final PostgresProbeHistory history =
            new PostgresProbeHistory(
                    database, settings, hours, StaleWrites.uncounted(), new SimpleMeterRegistry());

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void anHourTellsWhatWasMeasuredInIt() throws Exception {
        record(A, HOUR, echo(IcmpStatus.SUCCESS, 4, 2.0, 3.0, HOUR), null);
        record(A, at(1), echo(IcmpStatus.LOSS, 1, 7.0, 9.5, at(1)), stream(HlsReason.OK, at(1)));
        record(A, at(2), echo(IcmpStatus.TIMEOUT, 0, null, null, at(2)), null);
        record(A, at(3), null, stream(HlsReason.HTTP_404, at(3)));
        record(A, at(4), null, stream(HlsReason.CONNECT_REFUSED, at(4)));
        record(A, at(3599), null, stream(HlsReason.OK, at(3599)));
        record(A, at(3600), null, stream(HlsReason.OK, at(3600)));
        record(new CameraId("b"), at(5), null, stream(HlsReason.OK, at(5)));
        Answer.done(history.flush());
        assertThat(Answer.of(hours.rollUp())).isEqualTo(2);
        HourOfChecks first =
                new HourOfChecks(HOUR, 6, 2, 3, 1, 1, 0, 12, 5, 3.0, 9.5, 4, 1, 1, 48.0, 48);
        assertThat(found(HOUR, at(3600))).containsExactly(first);
        assertThat(found(HOUR, at(3601)))
                .hasSize(2)
                .last()
                .satisfies(next -> assertThat(next.checks()).isEqualTo(1));
        assertThat(found(at(1), at(3600))).isEmpty();
    }

    @Test
    void whatComesLateIsCountedAndNothingTwice() throws Exception {
        record(A, at(1), null, stream(HlsReason.OK, at(1)));
        Answer.done(history.flush());
        assertThat(Answer.of(hours.rollUp())).isEqualTo(1);
        assertThat(Answer.of(hours.rollUp())).isZero();
        record(A, at(2), null, stream(HlsReason.HTTP_404, at(2)));
        Answer.done(history.flush());
        Answer.done(history.upkeep());
        assertThat(Answer.of(hours.rollUp())).isZero();
        assertThat(found(HOUR, at(3600)))
                .singleElement()
                .satisfies(
                        hour -> {
                            assertThat(hour.checks()).isEqualTo(2);
                            assertThat(hour.good()).isEqualTo(1);
                            assertThat(hour.hlsFail()).isEqualTo(1);
                        });
    }

    @Test
    void anHourThatIsNotOverWaits() throws Exception {
        Instant now = Instant.now();
        record(A, now, null, stream(HlsReason.OK, now));
        Answer.done(history.flush());
        assertThat(Answer.of(hours.rollUp())).isZero();
    }

    @Test
    void hoursStayWhenTheirMeasurementsGoAndGoInTheirOwnTime() throws Exception {
        Instant old = HOUR.minus(Duration.ofDays(500));
        Answer.done(
                database.client()
                        .sql("select add_measurement_month(:day::date)")
                        .bind("day", old)
                        .fetch()
                        .first());
        insertHour(old);
        Instant young = HOUR.minus(Duration.ofDays(100));
        insertHour(young);
        Answer.done(history.upkeep());
        assertThat(
                        Answer.of(
                                database.client()
                                        .sql("select hour from measurement_hour")
                                        .map(row -> Columns.required(row, "hour", Instant.class))
                                        .all()
                                        .collectList()))
                .containsExactly(young);
    }

    private void insertHour(Instant hour) throws Exception {
        Answer.done(
                database.client()
                        .sql(
                                "insert into measurement_hour values (:hour, 1, 1, 1, 1, 0, 0, 0, 4, 4, 0, 0, 0)")
                        .bind("hour", hour)
                        .then());
    }

    private List<HourOfChecks> found(Instant from, Instant to) throws Exception {
        return Answer.of(hours.hours(A, from, to));
    }

    private void record(
            CameraId camera, Instant at, @Nullable IcmpResult icmp, @Nullable HlsResult hls) {
        history.record(new CameraStatus(camera, Verdict.HEALTHY, "OK", at, icmp, hls));
    }

    private static IcmpResult echo(
            IcmpStatus status,
            int received,
            @Nullable Double average,
            @Nullable Double most,
            Instant at) {
        return new IcmpResult(status, status.name(), 4, received, average, average, most, at);
    }

    private static HlsResult stream(HlsReason reason, Instant at) {
        return new HlsResult(
                reason.status(), reason, null, null, null, 48L, null, List.of(), null, null, at);
    }

    private static Instant at(int second) {
        return HOUR.plusSeconds(second);
    }
}
