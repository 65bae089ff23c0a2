package cctvout.alerting;

import cctvout.alerting.OutagesAtHand.Cause;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Hold;
import cctvout.notification.Holds.Reason;
import cctvout.notification.LeftBehind;
import cctvout.notification.Notice;
import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;
import cctvout.notification.Obligations;
import cctvout.notification.OutageObligations;
import cctvout.outage.Outage;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends of faults that were told and are held: of those told before planned work that ended in it,
 * and of cameras that come and go. Where the same fault is there again before the end is told,
 * nobody hears of either: who was told goes on knowing of it, and the end is owed, once, when it is
 * over for good.
 */
final class HeldEnds {

    private static final Instant UNTIL_OVER = Instant.parse("9999-01-01T00:00:00Z");

    private final Map<CameraId, Map<String, Notice>> byCamera = new HashMap<>();
    private final Map<Cause, Map<String, Notice>> byCause = new HashMap<>();

    /** As it is now. */
    void keep(Notice notice) {
        Notification of = notice.notification();
        if (of.event() != NotificationEvent.RECOVERED) {
            return;
        }
        if (of.cameraId() != null) {
            byCamera.computeIfAbsent(new CameraId(of.cameraId()), _ -> new LinkedHashMap<>())
                    .put(notice.id(), notice);
        } else if (of.outageId() != null) {
            Cause cause = Cause.of(OutageObligations.outageOf(notice));
            byCause.computeIfAbsent(cause, _ -> new LinkedHashMap<>()).put(notice.id(), notice);
        }
    }

    /** Those of an outage that are not told now that the same is down again. */
    List<Notice> failedAgain(Cause cause, Instant now) {
        return of(cause).stream().filter(end -> mayWaitOn(end, now)).toList();
    }

    /**
     * Those that wait for the end of this outage, which may be wider by now than what they tell.
     */
    List<Notice> owedWith(Outage outage) {
        return byCause.values().stream()
                .flatMap(ends -> ends.values().stream())
                .filter(end -> waitsOn(end, outage.id()))
                .toList();
    }

    /** Those of them that tell of the same: who is to get them knows of this one, too. */
    List<Notice> ofTheSame(Outage outage) {
        return of(Cause.of(outage)).stream().filter(end -> waitsOn(end, outage.id())).toList();
    }

    private Collection<Notice> of(Cause cause) {
        return List.copyOf(byCause.getOrDefault(cause, Map.of()).values());
    }

    /** Those that are not told now that such a fault is there again; still as they were. */
    List<Notice> failedAgain(CameraId camera, IssueKind kind, Instant now) {
        return of(camera).stream()
                .filter(end -> mayWaitOn(end, now))
                .filter(end -> Obligations.kindOf(end) == kind)
                .toList();
    }

    private static boolean mayWaitOn(Notice end, Instant now) {
        return end.isUntried()
                && !end.notification().holds().has(Reason.FAILED_AGAIN)
                && (waitsFor(end, Reason.MAINTENANCE, now) || waitsFor(end, Reason.FLAPPING, now));
    }

    private static boolean waitsOn(Notice end, String subject) {
        return end.isUntried()
                && end.notification()
                        .holds()
                        .of(Reason.FAILED_AGAIN)
                        .filter(hold -> subject.equals(hold.by()))
                        .isPresent();
    }

    private static boolean waitsFor(Notice end, Reason reason, Instant now) {
        return end.notification()
                .holds()
                .of(reason)
                .filter(hold -> hold.until().isAfter(now))
                .isPresent();
    }

    /**
     * @param subject the issue or the outage that it waits for
     */
    static Notice suspended(Notice end, String subject, Instant now) {
        Holds holds = end.notification().holds();
        return end.held(holds.with(new Hold(Reason.FAILED_AGAIN, UNTIL_OVER, subject)), now);
    }

    /** Lanes that are to hear more when it is calm, also where an outage came between. */
    static Set<String> heardOfFlapping(Collection<Notice> ends) {
        return ends.stream()
                .filter(HeldEnds::isOfFlapping)
                .map(Notice::lane)
                .collect(Collectors.toCollection(HashSet::new));
    }

    static boolean isOfFlapping(Notice end) {
        return end.notification().holds().has(Reason.FLAPPING);
    }

    /** What still holds one whose fault is over for good. */
    static Holds atLast(Notice end) {
        return end.notification()
                .holds()
                .without(Reason.FAILED_AGAIN)
                .without(Reason.FLAPPING)
                .without(Reason.MAINTENANCE);
    }

    /** Ends of outages that say that this one's camera is still down. */
    List<Notice> naming(Issue issue) {
        return byCause.values().stream()
                .flatMap(ends -> ends.values().stream())
                .filter(end -> LeftBehind.names(end, issue))
                .toList();
    }

    /** Those that wait for the end of this issue. */
    List<Notice> owedWith(CameraId camera, String issue) {
        return of(camera).stream().filter(end -> waitsOn(end, issue)).toList();
    }

    private Collection<Notice> of(CameraId camera) {
        return List.copyOf(byCamera.getOrDefault(camera, Map.of()).values());
    }
}
