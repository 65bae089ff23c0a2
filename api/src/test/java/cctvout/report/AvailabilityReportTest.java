package cctvout.report;

import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.history.CameraVerdicts;
import cctvout.history.Interval;
import cctvout.history.PlannedWork;
import cctvout.history.VerdictHistory;
import cctvout.history.VerdictSpan;
import cctvout.problem.ProblemException;
import cctvout.report.AvailabilityRow.Offender;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

class AvailabilityReportTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Interval HOUR = new Interval(T0, T0.plusSeconds(3600));
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void aLineAnswersForItsOwnFaultsAndAVendorForHis() {
        CameraVerdicts cut = camera("a", "L-1", "Han", false, LINE_FAULT, 0, 1800);
        CameraVerdicts broken = camera("b", "L-1", "Han", false, CAMERA_FAULT, 0, 900);
        CameraVerdicts well = camera("c", null, "Kim", false, HEALTHY, 0, 3600);
        assertThat(rows(GroupBy.LINE, cut, broken, well))
                .extracting(
                        AvailabilityRow::key,
                        row -> row.line().outages(),
                        AvailabilityRow::ownAvailability)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(null, 0, 1.0),
                        org.assertj.core.groups.Tuple.tuple("L-1", 1, 0.75),
                        org.assertj.core.groups.Tuple.tuple(null, 1, 1 - 1800.0 / 10800));
        List<AvailabilityRow> vendors = rows(GroupBy.VENDOR, cut, broken, well);
        assertThat(vendors.getFirst().key()).isEqualTo("Han");
        assertThat(vendors.getFirst().ownAvailability()).isEqualTo(0.875);
        assertThat(vendors.getFirst().availability()).isEqualTo(0.625);
        assertThat(vendors.getFirst().camera().mttrSeconds()).isEqualTo(900);
        assertThat(vendors.getLast().total()).isTrue();
        assertThat(vendors.getLast().cameras()).isEqualTo(3);
    }

    @Test
    void whoFailsAgainAndAgainIsNamedWorstFirst() {
        List<AvailabilityRow> rows =
                rows(GroupBy.DISTRICT, flapping("a", 2), flapping("b", 3), flapping("c", 9));
        assertThat(rows.getFirst().repeatOffenders()).isEqualTo(2);
        assertThat(rows.getFirst().worst())
                .containsExactly(new Offender("c", 9, 9), new Offender("b", 3, 3));
    }

    @Test
    void oneThatIsGoneAndOfWhichNothingIsKnownIsLeftOut() {
        CameraVerdicts gone =
                new CameraVerdicts(
                        new CameraId("x"), null, null, null, null, null, true, List.of());
        CameraVerdicts goneLater = camera("y", null, null, true, HEALTHY, 0, 10);
        CameraVerdicts newOne =
                new CameraVerdicts(
                        new CameraId("z"), "새", null, null, null, null, false, List.of());
        assertThat(rows(GroupBy.CAMERA, gone, goneLater, newOne))
                .extracting(AvailabilityRow::key)
                .containsExactly("y", "z", null);
    }

    @Test
    void plannedWorkIsLeftOut() {
        PlannedWork work =
                _ -> Mono.just(it -> "L-1".equals(it.line()) ? List.of(HOUR) : List.of());
        AvailabilityReport report =
                new AvailabilityReport(
                        only(camera("a", "L-1", "Han", false, LINE_FAULT, 0, 1800)),
                        work,
                        settings(2, LONG));
        List<AvailabilityRow> rows = all(report.rows(HOUR, GroupBy.CAMERA));
        assertThat(rows)
                .first()
                .satisfies(
                        row -> {
                            assertThat(row.outages()).isZero();
                            assertThat(row.maintenanceSeconds()).isEqualTo(3600);
                            assertThat(row.availability()).isNull();
                        });
    }

    @Test
    void asManyAtATimeAsTheSettingSaysAndAPlaceIsFreeAgainAfterACancel() {
        AvailabilityReport report =
                new AvailabilityReport(_ -> Flux.never(), nothing(), settings(1, LONG));
        var running = report.rows(HOUR, GroupBy.LINE).subscribe();
        StepVerifier.create(report.rows(HOUR, GroupBy.LINE))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(ProblemException.class)
                                        .hasMessageContaining("cctvout.report.max-parallel"))
                .verify(LONG);
        running.dispose();
        StepVerifier.create(report.rows(HOUR, GroupBy.LINE))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(20))
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void oneThatTakesTooLongEndsAndNamesTheSetting() {
        AvailabilityReport report =
                new AvailabilityReport(
                        _ -> Flux.never(), nothing(), settings(1, Duration.ofSeconds(1)));
        StepVerifier.create(report.rows(HOUR, GroupBy.LINE))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(TimeoutException.class)
                                        .hasMessageContaining("cctvout.report.timeout"))
                .verify(LONG);
    }

    @Test
    void aCellThatASpreadsheetWouldCalculateIsText() {
        for (String evil : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1+1", "＠x")) {
            assertThat(AvailabilityCsv.text(evil)).containsPattern("^\"?'");
        }
        assertThat(AvailabilityCsv.text("=HYPERLINK(\"http://x\",\"y\")"))
                .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        assertThat(AvailabilityCsv.text("천안, 1")).isEqualTo("\"천안, 1\"");
        assertThat(AvailabilityCsv.text(null)).isEmpty();
        AvailabilityRow row =
                rows(GroupBy.LINE, camera("a", "=cmd", null, false, CAMERA_FAULT, 0, 36))
                        .getFirst();
        assertThat(AvailabilityCsv.row(row))
                .startsWith(
                        "'=cmd,,1,0.990000,1.000000,3564.0,0.0,36.0,0.0,0.0,1,36.0,36.0,0,0.0,,1,36.0,36.0,0,0.0,,0,\r\n");
        assertThat(AvailabilityCsv.row(row).split(",", -1))
                .hasSameSizeAs(AvailabilityCsv.HEADER.split(","));
    }

    private static List<AvailabilityRow> rows(GroupBy by, CameraVerdicts... cameras) {
        AvailabilityReport report =
                new AvailabilityReport(only(cameras), nothing(), settings(2, LONG));
        return all(report.rows(HOUR, by));
    }

    private static List<AvailabilityRow> all(Flux<AvailabilityRow> source) {
        List<AvailabilityRow> rows = new ArrayList<>();
        StepVerifier.create(source.doOnNext(rows::add))
                .thenConsumeWhile(_ -> true)
                .expectComplete()
                .verify(LONG);
        return rows;
    }

    private static VerdictHistory only(CameraVerdicts... cameras) {
        return _ -> Flux.just(cameras);
    }

    private static PlannedWork nothing() {
        return _ -> Mono.just(PlannedWork.Plan.NOTHING);
    }

    private static ReportSettings settings(int parallel, Duration timeout) {
        return new ReportSettings(
                Duration.ofDays(366), Duration.ofDays(30), parallel, timeout, 100, 3, 10, 400);
    }

    private static CameraVerdicts flapping(String id, int outages) {
        List<VerdictSpan> spans = new ArrayList<>();
        for (int i = 0; i < outages; i++) {
            spans.add(span(CAMERA_FAULT, 10 * i, 10 * i + 1));
            spans.add(span(HEALTHY, 10 * i + 1, 10 * i + 10));
        }
        return new CameraVerdicts(new CameraId(id), null, null, null, "dong", null, false, spans);
    }

    /** Well but for one time. */
    private static CameraVerdicts camera(
            String id,
            @Nullable String line,
            @Nullable String vendor,
            boolean removed,
            Verdict verdict,
            int from,
            int to) {
        return new CameraVerdicts(
                new CameraId(id),
                null,
                line,
                null,
                null,
                vendor,
                removed,
                List.of(
                        span(verdict, from, to),
                        new VerdictSpan(HEALTHY, T0.plusSeconds(to), Instant.MAX)));
    }

    private static VerdictSpan span(Verdict verdict, int from, int to) {
        return new VerdictSpan(verdict, T0.plusSeconds(from), T0.plusSeconds(to));
    }
}
