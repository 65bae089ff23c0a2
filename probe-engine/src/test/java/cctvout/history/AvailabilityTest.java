package cctvout.history;

import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.DEGRADED;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;
import static cctvout.status.Verdict.STREAM_SERVER_FAULT;
import static cctvout.status.Verdict.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.history.Availability.Outages;
import cctvout.status.Verdict;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class AvailabilityTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Interval HUNDRED = between(0, 100);

    @Test
    void aFaultIsTheTimeOfWhoMadeIt() {
        Availability seen =
                Availability.of(
                        List.of(
                                span(HEALTHY, -50, 10),
                                span(LINE_FAULT, 10, 30),
                                span(HEALTHY, 30, 40),
                                span(CAMERA_FAULT, 40, 45),
                                span(DEGRADED, 45, 60),
                                span(STREAM_SERVER_FAULT, 60, 70),
                                span(UNKNOWN, 70, 80),
                                last(HEALTHY, 80)),
                        List.of(),
                        HUNDRED);
        assertThat(seen.up()).isEqualTo(seconds(55));
        assertThat(seen.degraded()).isEqualTo(seconds(15));
        assertThat(seen.line()).isEqualTo(new Outages(1, seconds(20), 1, seconds(20), seconds(20)));
        assertThat(seen.camera()).isEqualTo(new Outages(1, seconds(5), 1, seconds(5), seconds(5)));
        assertThat(seen.streamServer().down()).isEqualTo(seconds(10));
        assertThat(seen.unknown()).isEqualTo(seconds(10));
        assertThat(seen.ratio()).isEqualTo(1 - 35.0 / 90);
        assertThat(seen.ratio(seen.camera())).isEqualTo(1 - 5.0 / 90);
        assertThat(seen.outages().count()).isEqualTo(3);
    }

    @Test
    void anOutageThatBeganBeforeIsRepairedInItsWholeTimeAndDownInItsShare() {
        Availability seen =
                Availability.of(
                        List.of(span(LINE_FAULT, -100, 20), last(HEALTHY, 20)), List.of(), HUNDRED);
        assertThat(seen.line())
                .isEqualTo(new Outages(1, seconds(20), 1, seconds(120), seconds(20)));
        assertThat(seen.line().meanTimeToRepair()).isEqualTo(seconds(120));
    }

    @Test
    void anOutageThatLastsIsNotRepaired() {
        Availability seen = Availability.of(List.of(last(CAMERA_FAULT, 90)), List.of(), HUNDRED);
        assertThat(seen.camera())
                .isEqualTo(new Outages(1, seconds(10), 0, Duration.ZERO, seconds(10)));
        assertThat(seen.camera().meanTimeToRepair()).isNull();
        assertThat(seen.unknown()).isEqualTo(seconds(90));
        assertThat(seen.ratio()).isZero();
    }

    @Test
    void maintenanceHidesTheOutagesWithinItAndShortensTheOthers() {
        List<VerdictSpan> spans =
                List.of(
                        span(HEALTHY, 0, 10),
                        span(LINE_FAULT, 10, 20),
                        span(HEALTHY, 20, 50),
                        span(CAMERA_FAULT, 50, 80),
                        last(HEALTHY, 80));
        Availability seen =
                Availability.of(
                        spans, List.of(between(60, 70), between(5, 25), between(8, 12)), HUNDRED);
        assertThat(seen.line()).isEqualTo(Outages.NONE);
        assertThat(seen.camera())
                .isEqualTo(new Outages(1, seconds(20), 1, seconds(20), seconds(20)));
        assertThat(seen.maintenance()).isEqualTo(seconds(30));
        assertThat(seen.known()).isEqualTo(seconds(70));
    }

    @Test
    void ofACameraThatWasNeverCheckedNothingIsKnown() {
        Availability seen = Availability.of(List.of(), List.of(), HUNDRED);
        assertThat(seen.cameras()).isZero();
        assertThat(seen.ratio()).isNull();
        assertThat(seen.unknown()).isEqualTo(seconds(100));
    }

    @Test
    void aCityOverAYearIsMoreThanFourHundredCenturies() {
        Interval year = new Interval(T0, T0.plus(Duration.ofDays(365)));
        Availability one =
                Availability.of(
                        List.of(
                                new VerdictSpan(LINE_FAULT, T0, T0.plus(Duration.ofDays(73))),
                                new VerdictSpan(
                                        HEALTHY, T0.plus(Duration.ofDays(73)), Instant.MAX)),
                        List.of(),
                        year);
        Availability city = Availability.NONE;
        for (int i = 0; i < 50_000; i++) {
            city = city.plus(one);
        }
        assertThat(city.ratio()).isEqualTo(0.8);
        assertThat(city.line().meanTimeToRepair()).isEqualTo(Duration.ofDays(73));
    }

    @Test
    void everySecondIsCountedOnceAndAsWhatItWas() {
        Random random = new Random(11);
        for (int run = 0; run < 500; run++) {
            List<VerdictSpan> spans = spans(random);
            List<Interval> planned = planned(random);
            Interval period = period(random);
            Availability seen = Availability.of(spans, planned, period);
            Duration[] counted = counted(spans, planned, period);
            assertThat(seen.up()).isEqualTo(counted[0]);
            assertThat(seen.line().down()).isEqualTo(counted[1]);
            assertThat(seen.camera().down()).isEqualTo(counted[2]);
            assertThat(seen.streamServer().down()).isEqualTo(counted[3]);
            assertThat(seen.unknown()).isEqualTo(counted[4]);
            assertThat(seen.maintenance()).isEqualTo(counted[5]);
            assertThat(seen.known().plus(seen.unknown()).plus(seen.maintenance()))
                    .isEqualTo(period.length());
        }
    }

    @Test
    void twoHalvesOfAPeriodAreTheWhole() {
        Random random = new Random(12);
        for (int run = 0; run < 500; run++) {
            List<VerdictSpan> spans = spans(random);
            List<Interval> planned = planned(random);
            Interval period = period(random);
            Instant cut = period.from().plusSeconds(random.nextLong(period.length().toSeconds()));
            Availability whole = Availability.of(spans, planned, period);
            Availability first = Availability.of(spans, planned, new Interval(period.from(), cut));
            Availability second = Availability.of(spans, planned, new Interval(cut, period.to()));
            Availability both = first.plus(second);
            assertThat(both.up()).isEqualTo(whole.up());
            assertThat(both.outages().down()).isEqualTo(whole.outages().down());
            assertThat(both.unknown()).isEqualTo(whole.unknown());
            assertThat(both.outages().count())
                    .isBetween(whole.outages().count(), whole.outages().count() + 1);
            assertThat(second.plus(first)).isEqualTo(both);
        }
    }

    // second by second, the slow and sure way
    private static Duration[] counted(
            List<VerdictSpan> spans, List<Interval> planned, Interval period) {
        long[] count = new long[6];
        for (Instant at = period.from(); at.isBefore(period.to()); at = at.plusSeconds(1)) {
            count[kind(at, spans, planned)]++;
        }
        Duration[] times = new Duration[6];
        for (int i = 0; i < 6; i++) {
            times[i] = seconds(count[i]);
        }
        return times;
    }

    private static int kind(Instant at, List<VerdictSpan> spans, List<Interval> planned) {
        if (planned.stream().anyMatch(it -> !at.isBefore(it.from()) && at.isBefore(it.to()))) {
            return 5;
        }
        for (VerdictSpan span : spans) {
            if (!at.isBefore(span.began()) && at.isBefore(span.ended())) {
                return switch (span.verdict()) {
                    case HEALTHY, DEGRADED -> 0;
                    case LINE_FAULT -> 1;
                    case CAMERA_FAULT -> 2;
                    case STREAM_SERVER_FAULT -> 3;
                    case UNKNOWN -> 4;
                };
            }
        }
        return 4;
    }

    private static List<VerdictSpan> spans(Random random) {
        List<VerdictSpan> spans = new ArrayList<>();
        int at = random.nextInt(-40, 40);
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            int next = at + random.nextInt(25);
            Verdict verdict = Verdict.values()[random.nextInt(Verdict.values().length)];
            spans.add(i == count - 1 ? last(verdict, at) : span(verdict, at, next));
            at = next;
        }
        return spans;
    }

    private static List<Interval> planned(Random random) {
        List<Interval> planned = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int from = random.nextInt(-30, 130);
            planned.add(between(from, from + random.nextInt(30)));
        }
        return planned;
    }

    private static Interval period(Random random) {
        int from = random.nextInt(-20, 90);
        return between(from, from + 1 + random.nextInt(100));
    }

    private static VerdictSpan span(Verdict verdict, int from, int to) {
        return new VerdictSpan(verdict, T0.plusSeconds(from), T0.plusSeconds(to));
    }

    private static VerdictSpan last(Verdict verdict, int from) {
        return new VerdictSpan(verdict, T0.plusSeconds(from), Instant.MAX);
    }

    private static Interval between(int from, int to) {
        return new Interval(T0.plusSeconds(from), T0.plusSeconds(to));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
