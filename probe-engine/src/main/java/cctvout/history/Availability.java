package cctvout.history;

import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * How available cameras were in a period, and through whose fault they were not. Times are sums
 * over the cameras; time in maintenance counts for nothing. Pure.
 *
 * @param cameras of which something was known
 * @param up time well or degraded
 * @param degraded time of {@code up} in which something was odd
 * @param line outages by the line
 * @param camera outages by the camera itself
 * @param streamServer outages by the media server
 * @param unknown time in which nothing was known, neither up nor down
 * @param maintenance time that was left out
 */
public record Availability(
        int cameras,
        Duration up,
        Duration degraded,
        Outages line,
        Outages camera,
        Outages streamServer,
        Duration unknown,
        Duration maintenance) {

    public static final Availability NONE =
            new Availability(
                    0,
                    Duration.ZERO,
                    Duration.ZERO,
                    Outages.NONE,
                    Outages.NONE,
                    Outages.NONE,
                    Duration.ZERO,
                    Duration.ZERO);

    /**
     * Times out of order through one party's fault.
     *
     * @param count of those that touch the period, each from its transition to the next
     * @param down within the period
     * @param repaired of them, those that ended in the period
     * @param repairTime of those, from their beginning, also where that was before the period
     * @param longest of them, within the period
     */
    public record Outages(
            int count, Duration down, int repaired, Duration repairTime, Duration longest) {

        public static final Outages NONE =
                new Outages(0, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO);

        /** Mean time to repair; null where none was repaired. */
        public @Nullable Duration meanTimeToRepair() {
            return repaired == 0 ? null : repairTime.dividedBy(repaired);
        }

        public Outages plus(Outages other) {
            return new Outages(
                    count + other.count,
                    down.plus(other.down),
                    repaired + other.repaired,
                    repairTime.plus(other.repairTime),
                    longest.compareTo(other.longest) >= 0 ? longest : other.longest);
        }

        private static Outages one(Duration down, boolean ended, Duration whole) {
            return new Outages(1, down, ended ? 1 : 0, ended ? whole : Duration.ZERO, down);
        }
    }

    /**
     * One camera's.
     *
     * @param spans of its verdicts, none in another; where there is none, nothing is known
     * @param maintenance times to leave out
     */
    public static Availability of(
            List<VerdictSpan> spans, List<Interval> maintenance, Interval period) {
        List<Interval> left = Interval.merged(maintenance);
        Duration counted = period.without(left);
        Availability sum = NONE;
        for (VerdictSpan span : spans) {
            sum = sum.plus(of(span, left, period));
        }
        Duration known = sum.known();
        return new Availability(
                known.isZero() ? 0 : 1,
                sum.up,
                sum.degraded,
                sum.line,
                sum.camera,
                sum.streamServer,
                counted.minus(known),
                period.length().minus(counted));
    }

    private static Availability of(VerdictSpan span, List<Interval> left, Interval period) {
        Duration time = span.interval().within(period).without(left);
        if (time.isZero() || span.verdict() == Verdict.UNKNOWN) {
            return NONE;
        }
        if (!span.verdict().isFault()) {
            return NONE.withUp(time, span.verdict() == Verdict.DEGRADED ? time : Duration.ZERO);
        }
        boolean ended = !span.ended().isAfter(period.to());
        Duration whole = ended ? span.interval().without(left) : Duration.ZERO;
        return NONE.with(span.verdict(), Outages.one(time, ended, whole));
    }

    private Availability withUp(Duration wellOrDegraded, Duration odd) {
        return new Availability(
                cameras, wellOrDegraded, odd, line, camera, streamServer, unknown, maintenance);
    }

    private Availability with(Verdict fault, Outages outages) {
        return new Availability(
                cameras,
                up,
                degraded,
                fault == Verdict.LINE_FAULT ? outages : line,
                fault == Verdict.CAMERA_FAULT ? outages : camera,
                fault == Verdict.STREAM_SERVER_FAULT ? outages : streamServer,
                unknown,
                maintenance);
    }

    /** That of both together. */
    public Availability plus(Availability other) {
        return new Availability(
                cameras + other.cameras,
                up.plus(other.up),
                degraded.plus(other.degraded),
                line.plus(other.line),
                camera.plus(other.camera),
                streamServer.plus(other.streamServer),
                unknown.plus(other.unknown),
                maintenance.plus(other.maintenance));
    }

    /** All outages, whoever was at fault. */
    public Outages outages() {
        return line.plus(camera).plus(streamServer);
    }

    public Duration known() {
        return up.plus(outages().down());
    }

    /** 0 to 1; null where nothing was known. */
    public @Nullable Double ratio() {
        return ratio(outages());
    }

    /** What it would have been without the others' faults: 0 to 1; null where nothing was known. */
    public @Nullable Double ratio(Outages own) {
        Duration known = known();
        return known.toMillis() == 0 ? null : 1 - (double) own.down().toMillis() / known.toMillis();
    }
}
