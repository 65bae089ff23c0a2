package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.maintenance.Maintenance;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Hold;
import cctvout.notification.Holds.Reason;
import cctvout.notification.Notice;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;

/**
 * Puts maintenance among what a notice waits for: the window that is open when it would be told, be
 * it now or when all other reasons are over.
 */
final class MaintenanceHolds {

    private final Maintenance maintenance;
    private final Instant now;

    MaintenanceHolds(Maintenance maintenance, Instant now) {
        this.maintenance = maintenance;
        this.now = now;
    }

    boolean isUnderWork(Camera camera) {
        return maintenance.activeAt(camera, now) != null;
    }

    /** The window's name. */
    @Nullable String name(Hold hold) {
        return hold.by() == null ? null : maintenance.nameOf(hold.by());
    }

    /** Still, and not by what is over. */
    boolean isHeldBack(Notice notice) {
        return notice.isHeldBack(now);
    }

    /** A notice that is new. */
    Notice fresh(Notice notice, Collection<Camera> cameras) {
        return notice.heldFromTheStart(of(cameras, notice.notification().holds()));
    }

    /**
     * A notice of several cameras waits while all of them are under maintenance: it is told as soon
     * as one of them is to be told of.
     *
     * @param holds what else it waits for; what they say of maintenance is decided anew
     */
    Holds of(Collection<Camera> cameras, Holds holds) {
        if (holds.has(Reason.FAILED_AGAIN)) {
            return holds;
        }
        Holds others = holds.without(Reason.MAINTENANCE);
        Instant until = others.until();
        Hold then = until == null || until.isBefore(now) ? null : work(cameras, until);
        // a fault that is over before the work of now is told to nobody, whatever else it waits for
        Hold hold = then == null ? work(cameras, now) : then;
        return hold == null ? others : others.with(hold);
    }

    /** When notices of these are told, but for quiet hours. */
    Instant due(Collection<Camera> cameras, Holds holds) {
        Instant until = of(cameras, holds).until();
        return until == null || until.isBefore(now) ? now : until;
    }

    private @Nullable Hold work(Collection<Camera> cameras, Instant at) {
        Maintenance.@Nullable Held first = null;
        for (Camera camera : cameras) {
            Maintenance.@Nullable Held held = maintenance.activeAt(camera, at);
            if (held == null) {
                return null;
            }
            if (first == null || held.until().isBefore(first.until())) {
                first = held;
            }
        }
        return first == null
                ? null
                : new Hold(Reason.MAINTENANCE, first.until(), first.window().id());
    }
}
