package cctvout.alerting;

import cctvout.alerting.OutagesAtHand.Cause;
import cctvout.alerting.OutagesAtHand.Running;
import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Reason;
import cctvout.notification.Notice;
import cctvout.notification.OutageObligations;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;
import cctvout.recipient.Parties;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one round owes to whom for outages. */
final class OutageNotices {

    private final OutageSettings settings;
    private final OutageObligations obligations;
    private final Parties parties;
    private final PolicyRound policy;
    private final MaintenanceHolds work;
    private final Function<CameraId, Camera> cameras;
    private final RoundRows rows;
    private final Instant now;

    OutageNotices(
            OutageSettings settings,
            OutageObligations obligations,
            Parties parties,
            PolicyRound policy,
            MaintenanceHolds work,
            Function<CameraId, Camera> cameras,
            RoundRows rows,
            Instant now) {
        this.settings = settings;
        this.obligations = obligations;
        this.parties = parties;
        this.policy = policy;
        this.work = work;
        this.cameras = cameras;
        this.rows = rows;
        this.now = now;
    }

    boolean isUnderWork(CameraId camera) {
        return work.isUnderWork(cameras.apply(camera));
    }

    /** It is one of cameras that somebody works on, and is told when that is over. */
    boolean isHeldBack(Outage outage) {
        List<Notice> told =
                rows.noticesOf(outage.id()).stream()
                        .filter(notice -> !notice.isCancelled())
                        .toList();
        return !told.isEmpty() && told.stream().allMatch(work::isHeldBack);
    }

    /** Nobody has heard of it yet. */
    boolean isUntold(Outage outage) {
        return rows.noticesOf(outage.id()).stream()
                .filter(notice -> !notice.isCancelled())
                .allMatch(Notice::isUntried);
    }

    @Nullable String siteOf(Issue issue) {
        return cameras.apply(issue.cameraId()).site();
    }

    /** These are new in it, and counted already. */
    void joined(Running running, Collection<CameraId> ids) {
        Map<Boolean, List<Camera>> parted =
                ids.stream()
                        .map(cameras)
                        .distinct()
                        .collect(Collectors.partitioningBy(work::isUnderWork));
        List<Camera> underWork = parted.getOrDefault(true, List.of());
        List<Camera> others = parted.getOrDefault(false, List.of());
        if (!others.isEmpty()) {
            tell(running.outage, others, running.unresolved - underWork.size(), false);
        }
        if (!underWork.isEmpty()) {
            long total = others.isEmpty() ? running.unresolved : underWork.size();
            tell(running.outage, underWork, total, true);
        }
    }

    private void tell(Outage outage, List<Camera> joined, long total, boolean underWork) {
        Instant told = settings.toldAt(outage.openedAt(), now);
        Holds shared = Holds.of(Reason.SHARED_CAUSE, settings.hold().isPositive() ? told : null);
        List<Notice> soFar = rows.noticesOf(outage.id());
        Set<String> knowing = failedAgain(outage);
        Set<String> before = soFar.stream().map(Notice::id).collect(Collectors.toSet());
        List<Notice> owed =
                obligations
                        .joined(
                                outage,
                                joined,
                                total,
                                camera -> policy.plan(outage.kind(), camera),
                                parties,
                                soFar,
                                now,
                                shared,
                                underWork)
                        .stream()
                        .filter(one -> before.contains(one.id()) || !knowing.contains(one.lane()))
                        .map(one -> before.contains(one.id()) ? one : work.fresh(one, joined))
                        .toList();
        @Nullable Instant due = underWork ? work.of(joined, shared).until() : null;
        policy.told(outage, joined, owed, due == null ? told : due);
        owed.forEach(rows::put);
    }

    /** Lanes that know of it from before: its end was not told, and is not now. */
    private Set<String> failedAgain(Outage outage) {
        for (Notice end : rows.ends().failedAgain(Cause.of(outage), now)) {
            rows.put(HeldEnds.suspended(end, outage.id(), now));
        }
        return rows.ends().owedWith(outage).stream().map(Notice::lane).collect(Collectors.toSet());
    }

    /** What the outage went on with is over for good: those lanes hear of that. */
    private Set<String> overForGood(Outage over, List<Camera> down, List<Camera> well) {
        Set<String> knowing = new HashSet<>();
        for (Notice end : rows.ends().owedWith(over)) {
            Holds others =
                    end.notification()
                            .holds()
                            .without(Reason.FAILED_AGAIN)
                            .without(Reason.MAINTENANCE);
            rows.put(
                    obligations
                            .endedAfterAll(end, over, down, parties)
                            .held(work.of(well, others), now));
            knowing.add(end.lane());
        }
        return knowing;
    }

    /**
     * @param left are still down
     */
    void ended(Outage over, Collection<CameraId> left, Collection<CameraId> closed) {
        policy.over(over.id());
        List<Camera> down = left.stream().map(cameras).toList();
        List<Camera> well = closed.stream().map(cameras).toList();
        @Nullable Instant quiet =
                well.isEmpty() ? null : policy.quietUntil(over.kind(), well.getFirst());
        List<Notice> soFar = rows.noticesOf(over.id());
        Set<String> told = soFar.stream().map(Notice::lane).collect(Collectors.toSet());
        Set<String> knowing = overForGood(over, down, well);
        knowing.removeAll(told);
        obligations.ended(over, down, well, parties, soFar, now, quiet).stream()
                .filter(one -> !knowing.contains(one.lane()))
                .forEach(one -> rows.put(work.fresh(one, well)));
    }
}
