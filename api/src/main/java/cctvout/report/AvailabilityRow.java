package cctvout.report;

import cctvout.history.Availability;
import cctvout.history.Availability.Outages;

import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * Figures of one camera or group, as REST shows them; times in seconds, summed over its cameras.
 *
 * @param key of the group; null for cameras that belong to none, and for the total
 * @param name of the camera
 * @param cameras of which something was known
 * @param availability 0 to 1, through whoever's fault; null where nothing was known
 * @param ownAvailability with the outages alone for which this line or vendor answers
 * @param mttrSeconds mean time to repair; null where nothing was repaired
 * @param repeatOffenders how many cameras had as many outages as {@code cctvout.report.repeat}
 * @param worst of them, most outages first
 * @param total the last row, of all together
 */
public record AvailabilityRow(
        @Nullable String key,
        @Nullable String name,
        int cameras,
        @Nullable Double availability,
        @Nullable Double ownAvailability,
        double upSeconds,
        double degradedSeconds,
        double downSeconds,
        double unknownSeconds,
        double maintenanceSeconds,
        int outages,
        @Nullable Double mttrSeconds,
        double longestOutageSeconds,
        Party line,
        Party camera,
        Party streamServer,
        int repeatOffenders,
        List<Offender> worst,
        @JsonIgnore boolean total) {

    /** What is one party's fault. */
    record Party(int outages, double downSeconds, @Nullable Double mttrSeconds) {
        static Party of(Outages outages) {
            return new Party(
                    outages.count(),
                    seconds(outages.down()),
                    secondsOrNull(outages.meanTimeToRepair()));
        }
    }

    /** A camera that fails again and again. */
    record Offender(String cameraId, int outages, double downSeconds) {}

    static AvailabilityRow of(
            @Nullable String key,
            @Nullable String name,
            GroupBy by,
            Availability figures,
            int repeatOffenders,
            List<Offender> worst,
            boolean total) {
        Outages all = figures.outages();
        return new AvailabilityRow(
                key,
                name,
                figures.cameras(),
                figures.ratio(),
                figures.ratio(by.own(figures)),
                seconds(figures.up()),
                seconds(figures.degraded()),
                seconds(all.down()),
                seconds(figures.unknown()),
                seconds(figures.maintenance()),
                all.count(),
                secondsOrNull(all.meanTimeToRepair()),
                seconds(all.longest()),
                Party.of(figures.line()),
                Party.of(figures.camera()),
                Party.of(figures.streamServer()),
                repeatOffenders,
                worst,
                total);
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static @Nullable Double secondsOrNull(@Nullable Duration time) {
        return time == null ? null : seconds(time);
    }
}
