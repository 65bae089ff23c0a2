package cctvout.alerting;

import cctvout.alerting.OutagesAtHand.Cause;
import cctvout.alerting.OutagesAtHand.Running;
import cctvout.issue.Issue;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.outage.CauseKey;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;
import cctvout.status.Siblings;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Of one batch, which issues have a cause in common: they are told as one outage. Decided when the
 * whole batch is known, or one of them ends in it, so that ten thousand cameras that fail at once
 * are one notice.
 */
final class OutageRound {

    /** What the round around it does with what comes of this. */
    interface Out {
        void changed(Issue issue);

        /** What is owed for one issue that stands alone; null: due at once. The issue as it is. */
        Issue toldAlone(Issue issue, @Nullable Instant held);

        /** What waits to be told of it alone is not owed any more. */
        void toldWithOthers(Issue issue);
    }

    private final OutageSettings settings;
    private final OutageFacts facts;
    private final OutagesAtHand atHand;
    private final SiteOutages sites;
    private final OutageNotices notices;
    private final Flapping flapping;
    private final Supplier<String> newId;
    private final Instant now;
    private final Out out;

    private final Map<String, Issue> fresh = new LinkedHashMap<>();
    private final Map<String, Outage> changed = new LinkedHashMap<>();

    OutageRound(
            OutageSettings settings,
            OutageFacts facts,
            OutageNotices notices,
            Flapping flapping,
            Supplier<String> newId,
            Instant now,
            Out out) {
        this.settings = settings;
        this.facts = facts;
        this.atHand = new OutagesAtHand(facts);
        this.sites = new SiteOutages(settings, facts, atHand, notices);
        this.notices = notices;
        this.flapping = flapping;
        this.newId = newId;
        this.now = now;
        this.out = out;
    }

    /** Its notices are decided on when all is known. */
    void opened(Issue issue) {
        fresh.put(issue.id(), issue);
    }

    /** It ends now: what opened in this very batch, this one perhaps, is decided on before. */
    void ending(Issue issue) {
        if (fresh.containsKey(issue.id())) {
            decide();
        }
    }

    void closed(Issue issue) {
        atHand.noMoreAlone(issue);
        Running running = closedBefore(issue);
        if (running != null) {
            running.unresolved--;
        }
    }

    /** It was closed by hand a while ago, and counts as closed already. */
    @Nullable Running closedBefore(Issue issue) {
        Running running = atHand.of(issue);
        if (running != null) {
            running.known.remove(issue.id());
            running.shrank = true;
            running.closed.add(issue.cameraId());
        }
        return running;
    }

    /** It was closed by hand, and is open again. True where its outage goes on, and tells of it. */
    boolean returned(Issue issue) {
        Running running = atHand.of(issue);
        if (running != null) {
            running.take(issue);
        }
        return running != null;
    }

    void settle() {
        decide();
        atHand.running().stream()
                .filter(running -> running.shrank && running.unresolved < settings.threshold())
                .forEach(this::end);
    }

    private void decide() {
        sites.among(fresh.values()).forEach(this::settle);
        Map<Cause, List<Issue>> groups = new LinkedHashMap<>();
        for (Issue issue : fresh.values()) {
            Cause cause = Cause.of(issue);
            if (cause == null) {
                out.toldAlone(issue, null);
            } else {
                groups.computeIfAbsent(cause, _ -> new ArrayList<>()).add(issue);
            }
        }
        groups.forEach(this::settle);
        fresh.clear();
    }

    private void settle(SiteOutages.Site site) {
        Running running = site.running();
        if (running == null) {
            running = begin(site.cause(), site.joining());
        } else if (!running.outage.key().equals(site.cause().key())) {
            atHand.widen(running, flapping.counted(running.outage.widened(site.cause().key())));
            changed.put(running.outage.id(), running.outage);
        }
        join(running, site.joining());
        site.joining().forEach(issue -> fresh.remove(issue.id()));
    }

    private void settle(Cause cause, List<Issue> opened) {
        Running running = atHand.of(cause);
        if (running != null && !notices.isHeldBack(running.outage)) {
            join(running, opened);
            return;
        }
        List<Issue> all = new ArrayList<>(opened);
        all.addAll(atHand.alone(cause));
        List<Issue> underWork =
                all.stream().filter(issue -> notices.isUnderWork(issue.cameraId())).toList();
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
                .forEach(issue -> atHand.noteAlone(out.toldAlone(issue, heldUntil(cause, issue))));
    }

    private @Nullable Instant heldUntil(Cause cause, Issue issue) {
        long siblings = facts.lineSizes().getOrDefault(CauseKey.name(cause.key()), 0L);
        boolean many = !cause.key().startsWith(CauseKey.LINE) || siblings >= settings.threshold();
        return many && settings.hold().isPositive() ? now.plus(hold(issue)) : null;
    }

    /**
     * Longer where others were seen to fail with it: their own faults are about to be confirmed.
     */
    private Duration hold(Issue issue) {
        Siblings others = issue.evidence().siblings();
        boolean soon = others != null && others.failed() + 1 >= settings.threshold();
        return soon ? settings.longestHold() : settings.hold();
    }

    private Running begin(Cause cause, List<Issue> joining) {
        // those that an earlier outage left behind were told of as down before
        Instant first =
                joining.stream()
                        .filter(issue -> issue.outageId() == null)
                        .map(Issue::openedAt)
                        .min(Instant::compareTo)
                        .orElse(now);
        Outage outage =
                new Outage(
                        newId.get(),
                        cause.kind(),
                        cause.key(),
                        joining.getFirst().reason(),
                        List.of(),
                        first,
                        null,
                        null);
        Outage counted = flapping.counted(outage);
        changed.put(outage.id(), counted);
        return atHand.begin(counted, 0);
    }

    private void join(Running running, List<Issue> joining) {
        for (Issue issue : joining) {
            out.toldWithOthers(issue);
            atHand.noMoreAlone(issue);
            Issue member = inOutage(issue, running.outage, Step.OUTAGE);
            out.changed(member);
            running.take(member);
        }
        notices.joined(running, joining.stream().map(Issue::cameraId).toList());
    }

    private Issue inOutage(Issue issue, Outage outage, Step step) {
        return issue.inOutage(
                outage.id(), new TimelineEntry(now, TimelineEntry.SYSTEM, step, outage.key()));
    }

    private void end(Running running) {
        Outage over = running.outage.resolved(now);
        changed.put(over.id(), over);
        atHand.end(running);
        List<Issue> left = List.copyOf(running.known.values());
        notices.ended(
                over,
                left.stream().map(Issue::cameraId).toList(),
                running.closed,
                facts.districts().getOrDefault(over.id(), List.of()));
        for (Issue issue : left) {
            Issue again = inOutage(issue, over, Step.LEFT_BEHIND);
            out.changed(again);
            out.toldAlone(again, now.plus(settings.stragglerHold()));
        }
    }

    Collection<Outage> outages() {
        return changed.values();
    }
}
