package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Reason;
import cctvout.notification.Notice;
import cctvout.notification.OutageObligations;
import cctvout.outage.CauseKey;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;
import cctvout.policy.Plan;
import cctvout.recipient.Parties;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Of one batch, which issues have a cause in common: they are told as one outage. Decided when the
 * whole batch is known, so that ten thousand cameras that fail at once are one notice.
 */
final class OutageRound {

    /** What the round around it does with what comes of this. */
    interface Out {
        void changed(Issue issue);

        void owed(Notice notice);

        /** What is owed for one issue that stands alone; null: due at once. */
        void toldAlone(Issue issue, @Nullable Instant held);

        /** What waits to be told of it alone is not owed any more. */
        void toldNoMore(Issue issue);

        Collection<Notice> notices(String subject);

        /** Who is told of a camera's fault. */
        Plan plan(IssueKind kind, Camera camera);

        /** Until when the end of such a fault is not told; null: it is told at once. */
        @Nullable Instant quietUntil(IssueKind kind, Camera camera);

        /** Some were told of an outage that these cameras are in. */
        void toldAsOne(Outage outage, List<Camera> joined, List<Notice> owed, Instant at);

        /** Nothing more comes of it. */
        void over(Outage outage);
    }

    private record Cause(IssueKind kind, String key) {}

    /** An outage in this round: how many are down, and whom of them it knows. */
    private static final class Running {
        final Outage outage;
        long unresolved;
        boolean shrank;
        final Map<String, Issue> known = new LinkedHashMap<>();
        final Set<CameraId> closed = new LinkedHashSet<>();

        Running(Outage outage, long unresolved) {
            this.outage = outage;
            this.unresolved = unresolved;
        }
    }

    private final OutageSettings settings;
    private final OutageObligations obligations;
    private final Parties parties;
    private final MaintenanceHolds work;
    private final Function<CameraId, Camera> cameras;
    private final Supplier<String> newId;
    private final Instant now;
    private final Out out;

    private final Map<String, Running> byId = new LinkedHashMap<>();
    private final Map<Cause, Running> byCause = new LinkedHashMap<>();
    private final Map<Cause, Map<String, Issue>> alone = new LinkedHashMap<>();
    private final Map<String, Long> lineSizes;
    private final Map<String, Issue> fresh = new LinkedHashMap<>();
    private final Map<String, Outage> changed = new LinkedHashMap<>();

    OutageRound(
            OutageSettings settings,
            OutageObligations obligations,
            Parties parties,
            MaintenanceHolds work,
            Function<CameraId, Camera> cameras,
            OutageFacts facts,
            Supplier<String> newId,
            Instant now,
            Out out) {
        this.settings = settings;
        this.obligations = obligations;
        this.parties = parties;
        this.work = work;
        this.cameras = cameras;
        this.newId = newId;
        this.now = now;
        this.out = out;
        this.lineSizes = facts.lineSizes();
        facts.open().forEach(open -> add(new Running(open.outage(), open.unresolved())));
        for (Issue member : facts.members()) {
            Running running = member.outageId() == null ? null : byId.get(member.outageId());
            if (running != null) {
                running.known.put(member.id(), member);
            }
        }
        facts.alone().forEach(this::noteAlone);
    }

    private void add(Running running) {
        byId.put(running.outage.id(), running);
        byCause.put(new Cause(running.outage.kind(), running.outage.key()), running);
    }

    private void noteAlone(Issue issue) {
        if (issue.causeKey() != null) {
            alone.computeIfAbsent(
                            new Cause(issue.kind(), issue.causeKey()), _ -> new LinkedHashMap<>())
                    .put(issue.id(), issue);
        }
    }

    /** Its notices are decided on when all is known. */
    void opened(Issue issue) {
        fresh.put(issue.id(), issue);
    }

    /** It opened in this very batch, and nobody was told yet. */
    boolean takeBack(Issue issue) {
        return fresh.remove(issue.id()) != null;
    }

    void closed(Issue issue) {
        if (issue.causeKey() != null) {
            Map<String, Issue> others = alone.get(new Cause(issue.kind(), issue.causeKey()));
            if (others != null) {
                others.remove(issue.id());
            }
        }
        Running running = closedBefore(issue);
        if (running != null) {
            running.unresolved--;
        }
    }

    /** It was closed by hand a while ago, and counts as closed already. */
    @Nullable Running closedBefore(Issue issue) {
        Running running = running(issue);
        if (running != null) {
            running.known.remove(issue.id());
            running.shrank = true;
            running.closed.add(issue.cameraId());
        }
        return running;
    }

    /** It was closed by hand, and is open again. True where its outage goes on, and tells of it. */
    boolean returned(Issue issue) {
        Running running = running(issue);
        if (running != null) {
            running.unresolved++;
            running.known.put(issue.id(), issue);
        }
        return running != null;
    }

    private @Nullable Running running(Issue issue) {
        return issue.outageId() == null ? null : byId.get(issue.outageId());
    }

    void settle() {
        Map<Cause, List<Issue>> groups = new LinkedHashMap<>();
        for (Issue issue : fresh.values()) {
            if (issue.causeKey() == null) {
                out.toldAlone(issue, null);
            } else {
                groups.computeIfAbsent(
                                new Cause(issue.kind(), issue.causeKey()), _ -> new ArrayList<>())
                        .add(issue);
            }
        }
        groups.forEach(this::settle);
        byId.values().stream()
                .filter(running -> running.shrank && running.unresolved < settings.threshold())
                .toList()
                .forEach(this::end);
    }

    private void settle(Cause cause, List<Issue> opened) {
        Running running = byCause.get(cause);
        List<Issue> others = List.copyOf(alone.getOrDefault(cause, Map.of()).values());
        if (running != null && !isHeldBack(running)) {
            join(running, opened);
            return;
        }
        List<Issue> all = new ArrayList<>(opened);
        all.addAll(others);
        List<Issue> underWork = all.stream().filter(this::isUnderWork).toList();
        List<Issue> joining = List.of();
        if (all.size() - underWork.size() >= settings.threshold()) {
            joining = all;
        } else if (running != null || underWork.size() >= settings.threshold()) {
            joining = underWork;
        }
        if (!joining.isEmpty()) {
            join(running == null ? begin(cause, joining) : running, joining);
        }
        Set<Issue> joined = Set.copyOf(joining);
        opened.stream()
                .filter(issue -> !joined.contains(issue))
                .forEach(issue -> out.toldAlone(issue, heldUntil(cause)));
    }

    private boolean isUnderWork(Issue issue) {
        return work.isUnderWork(cameras.apply(issue.cameraId()));
    }

    /** It is one of cameras that somebody works on, and is told when that is over. */
    private boolean isHeldBack(Running running) {
        List<Notice> told =
                out.notices(running.outage.id()).stream()
                        .filter(notice -> !notice.isCancelled())
                        .toList();
        return !told.isEmpty() && told.stream().allMatch(one -> work.isHeldBack(one));
    }

    private @Nullable Instant heldUntil(Cause cause) {
        long siblings = lineSizes.getOrDefault(CauseKey.name(cause.key()), 0L);
        boolean many = cause.kind() != IssueKind.LINE || siblings >= settings.threshold();
        return many && settings.hold().isPositive() ? now.plus(settings.hold()) : null;
    }

    private Running begin(Cause cause, List<Issue> joining) {
        Instant first = joining.stream().map(Issue::openedAt).min(Instant::compareTo).orElse(now);
        Outage outage =
                new Outage(
                        newId.get(),
                        cause.kind(),
                        cause.key(),
                        joining.getFirst().reason(),
                        List.of(),
                        first,
                        null);
        changed.put(outage.id(), outage);
        Running running = new Running(outage, 0);
        add(running);
        return running;
    }

    private void join(Running running, List<Issue> joining) {
        Outage outage = running.outage;
        Set<Camera> joined = new LinkedHashSet<>();
        for (Issue issue : joining) {
            out.toldNoMore(issue);
            Issue member =
                    issue.inOutage(
                            outage.id(),
                            new TimelineEntry(
                                    now, TimelineEntry.SYSTEM, Step.OUTAGE, outage.key()));
            out.changed(member);
            running.known.put(member.id(), member);
            running.unresolved++;
            joined.add(cameras.apply(issue.cameraId()));
        }
        Map<Boolean, List<Camera>> parted =
                joined.stream().collect(Collectors.partitioningBy(work::isUnderWork));
        List<Camera> underWork = parted.getOrDefault(true, List.of());
        List<Camera> others = parted.getOrDefault(false, List.of());
        if (!others.isEmpty()) {
            tell(outage, others, running.unresolved - underWork.size(), false);
        }
        if (!underWork.isEmpty()) {
            long total = others.isEmpty() ? running.unresolved : underWork.size();
            tell(outage, underWork, total, true);
        }
    }

    private void tell(Outage outage, List<Camera> joined, long total, boolean underWork) {
        Instant told = now.plus(settings.hold());
        Holds shared = Holds.of(Reason.SHARED_CAUSE, settings.hold().isPositive() ? told : null);
        List<Notice> soFar = List.copyOf(out.notices(outage.id()));
        Set<String> before = soFar.stream().map(Notice::id).collect(Collectors.toSet());
        List<Notice> owed =
                obligations
                        .joined(
                                outage,
                                joined,
                                total,
                                camera -> out.plan(outage.kind(), camera),
                                parties,
                                soFar,
                                now,
                                shared,
                                underWork)
                        .stream()
                        .map(one -> before.contains(one.id()) ? one : work.fresh(one, joined))
                        .toList();
        Instant due = underWork ? work.of(joined, shared).until() : null;
        out.toldAsOne(outage, joined, owed, due == null ? told : due);
        owed.forEach(out::owed);
    }

    private void end(Running running) {
        Outage over = running.outage.resolved(now);
        changed.put(over.id(), over);
        byId.remove(over.id());
        byCause.remove(new Cause(over.kind(), over.key()));
        List<Issue> left = List.copyOf(running.known.values());
        out.over(over);
        List<Camera> down = left.stream().map(one -> cameras.apply(one.cameraId())).toList();
        List<Camera> well = running.closed.stream().map(cameras).toList();
        Instant quiet = well.isEmpty() ? null : out.quietUntil(over.kind(), well.getFirst());
        obligations
                .ended(over, down, well, parties, out.notices(over.id()), now, quiet)
                .forEach(one -> out.owed(work.fresh(one, well)));
        for (Issue issue : left) {
            Issue again =
                    issue.inOutage(
                            over.id(),
                            new TimelineEntry(
                                    now, TimelineEntry.SYSTEM, Step.LEFT_BEHIND, over.key()));
            out.changed(again);
            out.toldAlone(again, now.plus(settings.stragglerHold()));
        }
    }

    Collection<Outage> outages() {
        return changed.values();
    }
}
