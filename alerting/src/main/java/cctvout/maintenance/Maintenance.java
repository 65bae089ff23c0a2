package cctvout.maintenance;

import cctvout.camera.Camera;
import cctvout.maintenance.Scope.Place;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** All windows, to be asked of many cameras. Immutable. */
public final class Maintenance {

    public static final Maintenance NONE = new Maintenance(List.of());

    /** What goes on for longer, one window after another, counts as ending then. */
    public static final Duration HORIZON = Duration.ofDays(400);

    private record Asked(MaintenanceWindow window, Predicate<Place> matcher) {}

    /**
     * A camera under maintenance.
     *
     * @param window the one that ends last of those at that time
     * @param until when the last of those that overlap or follow without a gap ends
     */
    public record Held(MaintenanceWindow window, Instant until) {}

    private final List<Asked> windows;

    public Maintenance(List<MaintenanceWindow> windows) {
        this.windows =
                windows.stream()
                        .filter(MaintenanceWindow::enabled)
                        .map(window -> new Asked(window, window.scope().matcher()))
                        .toList();
    }

    /** Its name; the id itself where none of that id stands. */
    public String nameOf(String id) {
        return windows.stream()
                .map(Asked::window)
                .filter(window -> window.id().equals(id))
                .map(MaintenanceWindow::name)
                .findFirst()
                .orElse(id);
    }

    /** Null where no window is open for it at that time. */
    public @Nullable Held activeAt(Camera camera, Instant at) {
        if (windows.isEmpty()) {
            return null;
        }
        Place place = Place.of(camera);
        List<MaintenanceWindow> its =
                windows.stream()
                        .filter(asked -> asked.matcher.test(place))
                        .map(Asked::window)
                        .toList();
        Held held = longest(its, at);
        Instant horizon = at.plus(HORIZON);
        for (Held more = held; more != null && more.until.isBefore(horizon); ) {
            more = longest(its, more.until);
            held = more == null || held == null ? held : new Held(held.window, more.until);
        }
        return held;
    }

    private static @Nullable Held longest(List<MaintenanceWindow> windows, Instant at) {
        Held longest = null;
        for (MaintenanceWindow window : windows) {
            for (Slot slot : window.slots(at, at.plusNanos(1))) {
                if (longest == null || slot.to().isAfter(longest.until)) {
                    longest = new Held(window, slot.to());
                }
            }
        }
        return longest;
    }
}
