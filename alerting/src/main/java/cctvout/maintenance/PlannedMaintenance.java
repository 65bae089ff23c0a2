package cctvout.maintenance;

import cctvout.history.CameraVerdicts;
import cctvout.history.Interval;
import cctvout.history.PlannedWork;
import cctvout.maintenance.MaintenanceWindows.Version;
import cctvout.maintenance.Scope.Place;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * For reports: the windows as they were at the time. One that is changed or removed later changes
 * nothing of what has been, and one that is entered late counts from then on.
 */
public final class PlannedMaintenance implements PlannedWork {

    private record Work(Predicate<Place> matcher, List<Interval> times) {}

    private final MaintenanceWindows windows;

    public PlannedMaintenance(MaintenanceWindows windows) {
        this.windows = windows;
    }

    @Override
    public Mono<Plan> within(Interval period) {
        return windows.versions(period.from(), period.to()).map(versions -> plan(versions, period));
    }

    private static Plan plan(List<Version> versions, Interval period) {
        List<Work> works =
                versions.stream()
                        .map(version -> work(version, period))
                        .filter(work -> !work.times.isEmpty())
                        .toList();
        return works.isEmpty() ? Plan.NOTHING : camera -> times(works, camera);
    }

    private static Work work(Version version, Interval period) {
        Instant from = later(version.from(), period.from());
        Instant to = earlier(version.to(), period.to());
        List<Interval> times =
                version.window().slots(from, to).stream()
                        .map(slot -> new Interval(later(slot.from(), from), earlier(slot.to(), to)))
                        .toList();
        return new Work(version.window().scope().matcher(), times);
    }

    private static List<Interval> times(List<Work> works, CameraVerdicts camera) {
        Place place =
                new Place(
                        camera.id().value(),
                        camera.line(),
                        camera.site(),
                        camera.vendor(),
                        camera.district());
        List<Interval> times = new ArrayList<>();
        for (Work work : works) {
            if (work.matcher.test(place)) {
                times.addAll(work.times);
            }
        }
        return times;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
