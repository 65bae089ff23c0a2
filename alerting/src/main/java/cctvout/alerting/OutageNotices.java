package cctvout.alerting;

import cctvout.alerting.OutagesAtHand.Cause;
import cctvout.alerting.OutagesAtHand.Running;
import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Reason;
import cctvout.notification.Notice;
import cctvout.notification.NotificationEvent;
import cctvout.notification.OutageObligations;
import cctvout.outage.CauseKey;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;
import cctvout.recipient.Parties;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one round owes to whom for outages. */
final class OutageNotices {

    private final OutageSettings settings;
    private final OutageObligations obligations;
    private final Parties parties;
    private final PolicyRound policy;
    private final MaintenanceHolds work;
    private final Flapping flapping;
    private final Function<CameraId, Camera> cameras;
    private final RoundRows rows;
    private final Instant now;

    OutageNotices(OutageSettings settings, OutageObligations obligations, RoundContext round) {
        this.settings = settings;
        this.obligations = obligations;
        this.parties = round.parties();
        this.policy = round.policy();
        this.work = round.work();
        this.flapping = round.flapping();
        this.cameras = round.cameras();
        this.rows = round.rows();
        this.now = round.now();
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
        @Nullable Instant held = work.of(joined, shared).until();
        Instant at = held == null ? told : held;
        Set<String> knowing = failedAgain(outage, joined);
        obligations.wider(rows.noticesOf(outage.id()), knowing).forEach(rows::put);
        List<Notice> soFar = rows.noticesOf(outage.id());
        Set<String> before = soFar.stream().map(Notice::id).collect(Collectors.toSet());
        List<Notice> owed =
                obligations
                        .joined(
                                outage,
                                joined,
                                total,
                                camera -> policy.plan(outage.kind(), camera, at),
                                parties,
                                soFar,
                                now,
                                shared,
                                underWork)
                        .stream()
                        .filter(one -> before.contains(one.id()) || !knowing.contains(one.lane()))
                        .map(one -> before.contains(one.id()) ? one : work.fresh(one, joined))
                        .collect(Collectors.toCollection(ArrayList::new));
        owed.addAll(staying(outage, joined, total));
        policy.told(outage, joined, owed, at);
        owed.forEach(rows::put);
    }

    /**
     * Lanes that know of it from before: its end was not told, and is not now. Nor is that of a
     * line that is down again with its site; who knows of the line is told of the site.
     */
    private Set<String> failedAgain(Outage outage, List<Camera> joined) {
        Set<Cause> causes = new LinkedHashSet<>(List.of(Cause.of(outage)));
        for (Camera camera : joined) {
            String own = CauseKey.of(outage.kind(), camera);
            if (own != null) {
                causes.add(new Cause(outage.kind(), own));
            }
        }
        for (Cause cause : causes) {
            for (Notice end : rows.ends().failedAgain(cause, now)) {
                rows.put(HeldEnds.suspended(end, outage.id(), now));
            }
        }
        return lanes(rows.ends().ofTheSame(outage).stream());
    }

    /** Who heard that it comes and goes hears that it stays down when it has for a while. */
    private List<Notice> staying(Outage outage, List<Camera> joined, long total) {
        Set<String> heard = HeldEnds.heardOfFlapping(rows.ends().ofTheSame(outage));
        rows.noticesOf(outage.id()).forEach(one -> heard.remove(one.lane()));
        if (heard.isEmpty()) {
            return List.of();
        }
        Holds calm = flapping.calm(Holds.NONE);
        Instant at = work.due(joined, calm);
        return obligations
                .staying(
                        outage,
                        joined,
                        total,
                        camera -> policy.plan(outage.kind(), camera, at),
                        now,
                        calm,
                        heard)
                .stream()
                .map(one -> work.fresh(one, joined))
                .toList();
    }

    private static Set<String> lanes(Stream<Notice> notices) {
        return notices.map(Notice::lane).collect(Collectors.toCollection(HashSet::new));
    }

    /** What the outage went on with is over for good: those lanes hear of that. */
    private void overForGood(Outage over, List<Camera> down, List<Camera> well) {
        for (Notice end : rows.ends().owedWith(over)) {
            Holds others = flapping.atLast(end, over.isFlapping());
            for (Holds.Hold hold : following(down).all()) {
                others = others.with(hold);
            }
            Instant due = work.due(well, others.without(Reason.QUIET_HOURS));
            if (!well.isEmpty()) {
                others = policy.quietAnew(others, over.kind(), well.getFirst(), due);
            }
            Holds holds = work.of(well, others);
            rows.put(obligations.endedAfterAll(end, over, down, parties).held(holds, now));
        }
    }

    /** Those that are left may be about to follow: mostly the end is that of all. */
    private Holds following(Collection<Camera> left) {
        boolean waits = !left.isEmpty() && settings.hold().isPositive();
        return Holds.of(Reason.SHARED_CAUSE, waits ? now.plus(settings.hold()) : null);
    }

    /**
     * @param left are still down
     * @param closed are not, since this round
     * @param districts a camera of each that it was in: their control rooms are told as well
     */
    void ended(
            Outage over,
            Collection<CameraId> left,
            Collection<CameraId> closed,
            Collection<Camera> districts) {
        policy.over(over.id());
        List<Camera> down = left.stream().map(cameras).toList();
        List<Camera> well = closed.stream().map(cameras).toList();
        Holds held = following(down);
        @Nullable Instant quiet =
                well.isEmpty()
                        ? null
                        : policy.quietUntil(over.kind(), well.getFirst(), work.due(well, held));
        List<Notice> soFar = rows.noticesOf(over.id());
        Set<String> knowing = lanes(rows.ends().ofTheSame(over).stream());
        overForGood(over, down, well);
        knowing.removeAll(lanes(soFar.stream().filter(OutageNotices::tells)));
        Set<String> before = soFar.stream().map(Notice::id).collect(Collectors.toSet());
        List<Camera> some = Stream.concat(well.stream(), districts.stream()).toList();
        for (Notice one : obligations.ended(over, down, some, parties, soFar, now, held, quiet)) {
            if (before.contains(one.id())) {
                rows.put(one);
            } else if (!knowing.contains(one.lane())) {
                rows.put(work.fresh(over.isFlapping() ? flapping.calm(one, soFar) : one, well));
            }
        }
    }

    /** Its reader need not have heard of an earlier one. */
    private static boolean tells(Notice notice) {
        return !notice.isCancelled() && notice.notification().event() != NotificationEvent.REMINDER;
    }
}
