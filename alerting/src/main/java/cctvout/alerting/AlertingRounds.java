package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssueRules;
import cctvout.maintenance.Maintenance;
import cctvout.notification.LeftBehind;
import cctvout.notification.Notice;
import cctvout.notification.Obligations;
import cctvout.notification.OutageObligations;
import cctvout.outage.OpenOutage;
import cctvout.outage.OutageSettings;
import cctvout.policy.Policies;
import cctvout.recipient.Parties;
import cctvout.status.StatusTransition;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads what a round needs and writes what came of it, inside the caller's transaction. Locks are
 * taken in one order everywhere: maintenance windows, outages, issues, notices, head of the log.
 */
final class AlertingRounds {

    private final RoundTables tables;
    private final IssueRules rules;
    private final Obligations obligations;
    private final OutageReads reads;
    private final OutageSettings outageSettings;
    private final OutageObligations outageObligations;
    private final FlapSettings flaps;
    private final Supplier<String> newId;
    private final InstantSource clock;

    AlertingRounds(
            RoundTables tables,
            IssueRules rules,
            Obligations obligations,
            OutageSettings outageSettings,
            OutageObligations outageObligations,
            FlapSettings flaps,
            Supplier<String> newId,
            InstantSource clock) {
        this.tables = tables;
        this.rules = rules;
        this.obligations = obligations;
        this.reads = new OutageReads(tables, outageSettings);
        this.outageSettings = outageSettings;
        this.outageObligations = outageObligations;
        this.flaps = flaps;
        this.newId = newId;
        this.clock = clock;
    }

    /**
     * What was read first.
     *
     * @param faults how often cameras that fail now failed lately
     * @param rounds how many results have said DEGRADED since a transition into it, where more than
     *     one is known of
     */
    private record Read(
            Maintenance standing,
            List<OpenOutage> open,
            List<Issue> latest,
            Map<CameraId, Camera> cameras,
            OutageReads.Causes causes,
            Map<CameraId, Integer> faults,
            Map<Long, Integer> rounds) {}

    /** An issue as it is, and the round that changes it. */
    record ByHand(Issue issue, AlertingRound round) {}

    /** A round over a batch, all that it may change locked: outages first. */
    Mono<AlertingRound> begin(List<StatusTransition> batch) {
        return begin(batch, Map.of());
    }

    /**
     * @param rounds how many results have said DEGRADED since a transition into it, where more than
     *     one is known of
     */
    Mono<AlertingRound> begin(List<StatusTransition> batch, Map<Long, Integer> rounds) {
        Set<CameraId> ids =
                batch.stream().map(StatusTransition::cameraId).collect(Collectors.toSet());
        return locked(
                (standing, open) ->
                        Mono.zip(
                                        tables.issues().lockLatest(ids),
                                        tables.cameras().find(ids),
                                        faultsLately(batch))
                                .map(
                                        read ->
                                                new Read(
                                                        standing,
                                                        open,
                                                        read.getT1(),
                                                        read.getT2(),
                                                        OutageReads.Causes.of(batch, read.getT2()),
                                                        read.getT3(),
                                                        rounds))
                                .flatMap(this::begin));
    }

    private Mono<Map<CameraId, Integer>> faultsLately(List<StatusTransition> batch) {
        Set<CameraId> failing =
                batch.stream()
                        .filter(one -> IssueKind.of(one.to()) != null)
                        .map(StatusTransition::cameraId)
                        .collect(Collectors.toSet());
        return tables.faults()
                .since(
                        clock.instant().minus(flaps.within()),
                        flaps.faults() == 0 ? Set.of() : failing);
    }

    /** A round over one issue that a person changes; empty where the id is unknown. */
    Mono<ByHand> begin(String issueId) {
        return locked(
                (standing, open) ->
                        tables.issues()
                                .lock(issueId)
                                .flatMap(issue -> begin(issue, standing, open)));
    }

    private Mono<ByHand> begin(Issue issue, Maintenance standing, List<OpenOutage> open) {
        return tables.cameras()
                .find(List.of(issue.cameraId()))
                .flatMap(
                        camera ->
                                begin(
                                        new Read(
                                                standing,
                                                open,
                                                List.of(issue),
                                                camera,
                                                OutageReads.Causes.NONE,
                                                Map.of(),
                                                Map.of())))
                .map(round -> new ByHand(issue, round));
    }

    /** What is read behind these two locks. */
    private interface Behind<T> {
        Mono<T> read(Maintenance standing, List<OpenOutage> open);
    }

    private <T> Mono<T> locked(Behind<T> behind) {
        return tables.windows()
                .standing()
                .flatMap(
                        standing ->
                                tables.outages()
                                        .lockOpen()
                                        .flatMap(open -> behind.read(standing, open)));
    }

    private Mono<AlertingRound> begin(Read read) {
        Instant now = clock.instant();
        return reads.facts(read.open, read.latest, read.causes, now)
                .flatMap(facts -> round(read, facts, now));
    }

    private Mono<AlertingRound> round(Read read, OutageFacts facts, Instant now) {
        Set<String> subjects = new HashSet<>();
        read.latest.stream()
                .filter(one -> !one.status().isOver() || one.verification() != null)
                .forEach(
                        one -> {
                            subjects.add(one.id());
                            if (one.outageId() != null) {
                                subjects.add(one.outageId());
                            }
                        });
        facts.open().stream()
                .map(OpenOutage::outage)
                .filter(
                        one ->
                                facts.keys().contains(one.key())
                                        || OutageReads.touched(read.latest, one) > 0)
                .forEach(one -> subjects.add(one.id()));
        Set<CameraId> more = new HashSet<>();
        for (List<Issue> others : List.of(facts.alone(), facts.members())) {
            for (Issue issue : others) {
                subjects.add(issue.id());
                more.add(issue.cameraId());
            }
        }
        Set<CameraId> all = new HashSet<>(read.cameras.keySet());
        all.addAll(more);
        read.latest.forEach(one -> all.add(one.cameraId()));
        return tables.notices()
                .lockOf(subjects, all)
                .flatMap(
                        known -> {
                            known.forEach(one -> more.addAll(LeftBehind.listed(one)));
                            more.removeAll(read.cameras.keySet());
                            return round(read, facts, known, more, now);
                        });
    }

    /**
     * @param known notices
     * @param more cameras beside those that were read
     */
    private Mono<AlertingRound> round(
            Read read, OutageFacts facts, List<Notice> known, Set<CameraId> more, Instant now) {
        return Mono.zip(
                        tables.parties(),
                        tables.cameras().find(more),
                        tables.policies().all(),
                        tables.outages()
                                .since(
                                        now.minus(flaps.within()),
                                        flaps.faults() == 0 ? Set.of() : facts.keys()))
                .map(
                        found -> {
                            Map<CameraId, Camera> cameras = new HashMap<>(read.cameras);
                            cameras.putAll(found.getT2());
                            return round(
                                    read,
                                    facts,
                                    cameras,
                                    known,
                                    found.getT1(),
                                    found.getT3(),
                                    found.getT4(),
                                    now);
                        });
    }

    private AlertingRound round(
            Read read,
            OutageFacts facts,
            Map<CameraId, Camera> registered,
            List<Notice> known,
            Parties parties,
            Policies policies,
            Map<String, Integer> outagesLately,
            Instant now) {
        // one that left no trace in the registry still has its id
        Function<CameraId, Camera> cameras = id -> registered.computeIfAbsent(id, Camera::nameless);
        RoundRows rows = new RoundRows(read.latest, known, now);
        PolicyRound policy = new PolicyRound(policies, parties, read.rounds, now);
        MaintenanceHolds work = new MaintenanceHolds(read.standing, now);
        Flapping flapping = new Flapping(flaps, read.faults, outagesLately, now);
        RoundContext context =
                new RoundContext(parties, policy, work, flapping, cameras, rows, now);
        OutageNotices notices = new OutageNotices(outageSettings, outageObligations, context);
        return new AlertingRound(
                rules,
                policy,
                cameras,
                rows,
                new IssueNotices(obligations, context),
                out -> new OutageRound(outageSettings, facts, notices, flapping, newId, now, out),
                newId,
                now);
    }

    Mono<Void> write(AlertingRound round) {
        return tables.write(round, clock.instant());
    }
}
