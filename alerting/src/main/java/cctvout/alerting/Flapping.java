package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Hold;
import cctvout.notification.Holds.Reason;
import cctvout.notification.Notice;
import cctvout.outage.Outage;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What fails again and again, as one round sees it: cameras by themselves, and what many of them
 * share. Who was told of such a fault hears of its end when it has been well for a while; where it
 * fails again before, nobody hears of either: see {@link HeldEnds}.
 */
final class Flapping {

    private final FlapSettings settings;
    private final Map<CameraId, Integer> faults;
    private final Map<String, Integer> outages;
    private final Instant now;

    /**
     * @param faults by camera, before this round
     * @param outages by key, before this round
     */
    Flapping(
            FlapSettings settings,
            Map<CameraId, Integer> faults,
            Map<String, Integer> outages,
            Instant now) {
        this.settings = settings;
        this.faults = new HashMap<>(faults);
        this.outages = new HashMap<>(outages);
        this.now = now;
    }

    /** With how often its camera failed, where that is out of the ordinary; else as it is. */
    Issue counted(Issue opened) {
        int times = faults.merge(opened.cameraId(), 1, Integer::sum);
        return isFew(times) || opened.isFlapping()
                ? opened
                : opened.marked(
                        new TimelineEntry(
                                now, TimelineEntry.SYSTEM, Step.FLAPPING, Integer.toString(times)));
    }

    /** With how often the same was down, where that is out of the ordinary; else as it is. */
    Outage counted(Outage begun) {
        int times = outages.merge(begun.key(), 1, Integer::sum);
        return isFew(times) ? begun : begun.flapping(times);
    }

    private boolean isFew(int times) {
        return settings.faults() == 0 || times < settings.faults();
    }

    /**
     * Those who heard that it comes and goes hear of its end when it has been well for a while.
     *
     * @param owed the end of what flaps
     * @param soFar what was told of it
     */
    Notice calm(Notice owed, List<Notice> soFar) {
        boolean unheard =
                soFar.stream()
                        .filter(one -> one.lane().equals(owed.lane()) && !one.isCancelled())
                        .anyMatch(one -> !one.isSent());
        return unheard || soFar.contains(owed)
                ? owed
                : owed.heldFromTheStart(calm(owed.notification().holds()));
    }

    /**
     * What still holds an end whose fault is over for good.
     *
     * @param flaps what ended flaps; so may what the end tells of
     */
    Holds atLast(Notice end, boolean flaps) {
        Holds others = HeldEnds.atLast(end);
        return flaps || HeldEnds.isOfFlapping(end) ? calm(others) : others;
    }

    /** Told when it has been as it is for a while. */
    Holds calm(Holds others) {
        return others.with(new Hold(Reason.FLAPPING, now.plus(settings.calm()), null));
    }
}
