package cctvout.report;

import cctvout.history.Availability;
import cctvout.history.CameraVerdicts;
import cctvout.report.AvailabilityRow.Offender;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Adds up cameras, and remembers the worst of those that failed again and again. */
final class Tally {

    private static final Comparator<Offender> WORSE =
            Comparator.comparingInt(Offender::outages)
                    .thenComparingDouble(Offender::downSeconds)
                    .thenComparing(Offender::cameraId);

    private final ReportSettings settings;
    private final PriorityQueue<Offender> worst = new PriorityQueue<>(WORSE);
    private Availability sum = Availability.NONE;
    private int offenders;

    Tally(ReportSettings settings) {
        this.settings = settings;
    }

    Tally add(CameraVerdicts camera, Availability figures) {
        sum = sum.plus(figures);
        int outages = figures.outages().count();
        if (outages >= settings.repeat()) {
            offenders++;
            worst.add(
                    new Offender(
                            camera.id().value(),
                            outages,
                            AvailabilityRow.seconds(figures.outages().down())));
            if (worst.size() > settings.offenders()) {
                worst.remove();
            }
        }
        return this;
    }

    AvailabilityRow row(@Nullable String key, @Nullable String name, GroupBy by, boolean total) {
        List<Offender> most = worst.stream().sorted(WORSE.reversed()).toList();
        return AvailabilityRow.of(key, name, by, sum, offenders, most, total);
    }
}
