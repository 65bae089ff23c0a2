package cctvout.policy;

import cctvout.issue.IssueKind;
import cctvout.issue.Severity;

import com.fasterxml.jackson.annotation.JsonCreator;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * When notices wait. An inbox is never quiet: it wakes nobody.
 *
 * @param days on which they begin; empty for every day
 * @param from until {@code to}, of the next day where that is not later
 * @param zone of both
 */
public record QuietHours(
        List<DayOfWeek> days,
        LocalTime from,
        LocalTime to,
        ZoneId zone,
        BreakThrough breakThrough) {

    public static final ZoneId STANDARD_ZONE = ZoneId.of("Asia/Seoul");

    /** Quiet hours that follow one another end with the last of so many, at the latest. */
    private static final int IN_A_ROW = 7;

    /** What is told all the same; of both lists, one that fits is enough. */
    public record BreakThrough(List<Severity> severities, List<IssueKind> kinds) {

        public static final BreakThrough NOTHING = new BreakThrough(List.of(), List.of());

        public BreakThrough {
            severities = List.copyOf(severities);
            kinds = List.copyOf(kinds);
        }

        @JsonCreator
        static BreakThrough of(
                @Nullable List<Severity> severities, @Nullable List<IssueKind> kinds) {
            return new BreakThrough(Lists.given(severities), Lists.given(kinds));
        }

        boolean lets(Fault fault) {
            return severities.contains(fault.severity()) || kinds.contains(fault.kind());
        }
    }

    public QuietHours {
        days = List.copyOf(days);
    }

    @JsonCreator
    static QuietHours of(
            @Nullable List<DayOfWeek> days,
            @Nullable LocalTime from,
            @Nullable LocalTime to,
            @Nullable ZoneId zone,
            @Nullable BreakThrough breakThrough) {
        if (from == null || to == null) {
            throw new IllegalArgumentException((from == null ? "from" : "to") + ": is required");
        }
        return new QuietHours(
                Lists.given(days),
                from,
                to,
                zone == null ? STANDARD_ZONE : zone,
                breakThrough == null ? BreakThrough.NOTHING : breakThrough);
    }

    /** When this fault may be told; null where it is told at once. */
    @Nullable Instant holds(Fault fault, Instant at) {
        return breakThrough.lets(fault) ? null : until(at);
    }

    /** When the quiet ends; null where it is not quiet. */
    @Nullable Instant until(Instant at) {
        Instant quiet = null;
        Instant end = endOf(at);
        for (int i = 0; end != null && i < IN_A_ROW; i++) {
            quiet = end;
            end = endOf(quiet);
        }
        return quiet;
    }

    private @Nullable Instant endOf(Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        Instant ofYesterday = endOf(today.minusDays(1), at);
        return ofYesterday == null ? endOf(today, at) : ofYesterday;
    }

    private @Nullable Instant endOf(LocalDate day, Instant at) {
        if (!days.isEmpty() && !days.contains(day.getDayOfWeek())) {
            return null;
        }
        Instant begin = day.atTime(from).atZone(zone).toInstant();
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        Instant end = last.atTime(to).atZone(zone).toInstant();
        return !at.isBefore(begin) && at.isBefore(end) ? end : null;
    }

    boolean neverEnds() {
        return from.equals(to) && (days.isEmpty() || days.containsAll(List.of(DayOfWeek.values())));
    }
}
