package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.outage.Outage;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Outages that are not over, and issues that may become one, as a round finds and changes them. */
final class OutagesAtHand {

    /** What issues of one outage have in common. */
    record Cause(IssueKind kind, String key) {

        static Cause of(Outage outage) {
            return new Cause(outage.kind(), outage.key());
        }

        /** Null where it stands alone. */
        static @Nullable Cause of(Issue issue) {
            return issue.causeKey() == null ? null : new Cause(issue.kind(), issue.causeKey());
        }
    }

    /** An outage in this round: how many are down, and whom of them it knows. */
    static final class Running {
        Outage outage;
        long unresolved;
        boolean shrank;
        final Map<String, Issue> known = new LinkedHashMap<>();
        final Set<CameraId> closed = new LinkedHashSet<>();

        private Running(Outage outage, long unresolved) {
            this.outage = outage;
            this.unresolved = unresolved;
        }

        void take(Issue member) {
            known.put(member.id(), member);
            unresolved++;
        }
    }

    private final Map<String, Running> byId = new LinkedHashMap<>();
    private final Map<Cause, Running> byCause = new LinkedHashMap<>();
    private final Map<Cause, Map<String, Issue>> alone = new LinkedHashMap<>();

    OutagesAtHand(OutageFacts facts) {
        facts.open().forEach(open -> begin(open.outage(), open.unresolved()));
        for (Issue member : facts.members()) {
            Running running = of(member);
            if (running != null) {
                running.known.put(member.id(), member);
            }
        }
        facts.alone().forEach(this::noteAlone);
    }

    void noteAlone(Issue issue) {
        Cause cause = Cause.of(issue);
        if (cause != null) {
            alone.computeIfAbsent(cause, _ -> new LinkedHashMap<>()).put(issue.id(), issue);
        }
    }

    Running begin(Outage outage, long unresolved) {
        Running running = new Running(outage, unresolved);
        byId.put(outage.id(), running);
        byCause.put(Cause.of(outage), running);
        return running;
    }

    /** More is down than it was begun for. */
    void widen(Running running, Outage wider) {
        byCause.remove(Cause.of(running.outage));
        running.outage = wider;
        byCause.put(Cause.of(running.outage), running);
    }

    void end(Running running) {
        byId.remove(running.outage.id());
        byCause.remove(Cause.of(running.outage));
    }

    /** The outage that it is in; null where that is over, or there is none. */
    @Nullable Running of(Issue issue) {
        return issue.outageId() == null ? null : byId.get(issue.outageId());
    }

    @Nullable Running of(Cause cause) {
        return byCause.get(cause);
    }

    /** In no outage and not long open, or left behind by one and not told of yet. */
    List<Issue> alone(Cause cause) {
        return List.copyOf(alone.getOrDefault(cause, Map.of()).values());
    }

    void noMoreAlone(Issue issue) {
        Cause cause = Cause.of(issue);
        Map<String, Issue> others = cause == null ? null : alone.get(cause);
        if (others != null) {
            others.remove(issue.id());
        }
    }

    Collection<Running> running() {
        return List.copyOf(byId.values());
    }
}
