package cctvout.maintenance;

import cctvout.camera.CameraInterval;

import com.fasterxml.jackson.annotation.JsonCreator;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Every week at the same time of day. Where clocks are put forward over the start, it is later by
 * as much; where they are put back, it is the first of the two. The duration is time that passes,
 * whatever the clocks do.
 *
 * @param days on which it begins
 * @param start in that zone
 * @param duration a minute to a week
 * @param timeZone {@code Asia/Seoul} where none is given
 * @param until nothing of it from then on; null for ever
 */
public record Repeat(
        List<DayOfWeek> days,
        LocalTime start,
        Duration duration,
        ZoneId timeZone,
        @Nullable Instant until) {

    public static final ZoneId STANDARD_ZONE = ZoneId.of("Asia/Seoul");
    public static final Duration SHORTEST = Duration.ofMinutes(1);
    public static final Duration LONGEST = Duration.ofDays(7);

    public Repeat {
        days = days.stream().distinct().sorted().toList();
    }

    /**
     * From JSON.
     *
     * @throws IllegalArgumentException naming the field
     */
    @JsonCreator
    static Repeat of(
            @Nullable List<DayOfWeek> days,
            @Nullable LocalTime start,
            @Nullable String duration,
            @Nullable ZoneId timeZone,
            @Nullable Instant until) {
        if (start == null || duration == null) {
            throw new IllegalArgumentException(
                    (start == null ? "start" : "duration") + ": is required");
        }
        Duration lasts;
        try {
            lasts = CameraInterval.parse(duration);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("duration: " + malformed.getMessage(), malformed);
        }
        return new Repeat(
                days == null ? List.of() : days,
                start,
                lasts,
                timeZone == null ? STANDARD_ZONE : timeZone,
                until);
    }

    /** Those that have a part between these two, in their order; they may overlap. */
    List<Slot> slots(Instant from, Instant to) {
        List<Slot> slots = new ArrayList<>();
        LocalDate last = to.atZone(timeZone).toLocalDate();
        // a day more: where clocks are put forward over midnight, a slot begins the day after
        LocalDate day = from.minus(duration).atZone(timeZone).toLocalDate().minusDays(1);
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            Slot slot = days.contains(day.getDayOfWeek()) ? slot(day) : null;
            if (slot != null && slot.to().isAfter(from) && slot.from().isBefore(to)) {
                slots.add(slot);
            }
        }
        return slots;
    }

    private @Nullable Slot slot(LocalDate day) {
        Instant begin = day.atTime(start).atZone(timeZone).toInstant();
        Instant end = begin.plus(duration);
        if (until == null || !end.isAfter(until)) {
            return new Slot(begin, end);
        }
        return begin.isBefore(until) ? new Slot(begin, until) : null;
    }
}
