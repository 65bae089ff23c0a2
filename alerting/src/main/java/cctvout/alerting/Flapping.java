package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Hold;
import cctvout.notification.Holds.Reason;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Cameras that fail again and again, as one round sees them. Who was told of such a fault hears of
 * its end when the camera has been well for a while; where it fails again before, nobody hears of
 * either: see {@link HeldEnds}.
 */
final class Flapping {

    private final FlapSettings settings;
    private final Map<CameraId, Integer> lately;
    private final Instant now;

    /**
     * @param lately faults before this round
     */
    Flapping(FlapSettings settings, Map<CameraId, Integer> lately, Instant now) {
        this.settings = settings;
        this.lately = new HashMap<>(lately);
        this.now = now;
    }

    /** With how often its camera failed, where that is out of the ordinary; else as it is. */
    Issue counted(Issue opened) {
        int faults = lately.merge(opened.cameraId(), 1, Integer::sum);
        return settings.faults() == 0 || faults < settings.faults() || opened.isFlapping()
                ? opened
                : opened.marked(
                        new TimelineEntry(
                                now,
                                TimelineEntry.SYSTEM,
                                Step.FLAPPING,
                                Integer.toString(faults)));
    }

    /** Told when it has been as it is for a while. */
    Holds calm(Holds others) {
        return others.with(new Hold(Reason.FLAPPING, now.plus(settings.calm()), null));
    }
}
