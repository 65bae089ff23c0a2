package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Hold;
import cctvout.notification.Holds.Reason;
import cctvout.notification.Notice;
import cctvout.notification.NotificationEvent;
import cctvout.notification.Obligations;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends of faults that were told before planned work and ended in it. Where the same fault is there
 * again before the work is over, nobody hears of either: who was told goes on knowing of it, and
 * the end is owed, once, when it is over for good.
 */
final class HeldEnds {

    private static final Instant UNTIL_OVER = Instant.parse("9999-01-01T00:00:00Z");

    private final Map<CameraId, Map<String, Notice>> byCamera = new HashMap<>();

    /** As it is now. */
    void keep(Notice notice) {
        String camera = notice.notification().cameraId();
        if (camera != null && notice.notification().event() == NotificationEvent.RECOVERED) {
            byCamera.computeIfAbsent(new CameraId(camera), _ -> new LinkedHashMap<>())
                    .put(notice.id(), notice);
        }
    }

    /** Those that are not told now that such a fault is there again; still as they were. */
    List<Notice> failedAgain(CameraId camera, IssueKind kind, Instant now) {
        return of(camera).stream()
                .filter(Notice::isUntried)
                .filter(
                        end ->
                                end.notification()
                                        .holds()
                                        .of(Reason.MAINTENANCE)
                                        .filter(hold -> hold.until().isAfter(now))
                                        .isPresent())
                .filter(end -> !end.notification().holds().has(Reason.FAILED_AGAIN))
                .filter(end -> Obligations.kindOf(end) == kind)
                .toList();
    }

    static Notice suspended(Notice end, String issue, Instant now) {
        Holds holds = end.notification().holds();
        return end.held(holds.with(new Hold(Reason.FAILED_AGAIN, UNTIL_OVER, issue)), now);
    }

    /** Those that wait for the end of this issue. */
    List<Notice> owedWith(CameraId camera, String issue) {
        return of(camera).stream()
                .filter(
                        end ->
                                end.notification()
                                        .holds()
                                        .of(Reason.FAILED_AGAIN)
                                        .filter(hold -> issue.equals(hold.by()))
                                        .isPresent())
                .filter(Notice::isUntried)
                .toList();
    }

    private Collection<Notice> of(CameraId camera) {
        return List.copyOf(byCamera.getOrDefault(camera, Map.of()).values());
    }
}
