package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssueRules;
import cctvout.issue.Issues;
import cctvout.log.EventLog;
import cctvout.maintenance.Maintenance;
import cctvout.maintenance.MaintenanceWindows;
import cctvout.notification.Notices;
import cctvout.notification.Obligations;
import cctvout.notification.OutageObligations;
import cctvout.outage.CauseKey;
import cctvout.outage.OpenOutage;
import cctvout.outage.OutageSettings;
import cctvout.outage.Outages;
import cctvout.policy.FollowUp;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipients;
import cctvout.status.StatusTransition;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads what a round needs and writes what came of it, inside the caller's transaction. Locks are
 * taken in one order everywhere: maintenance windows, outages, issues, notices, head of the log.
 */
final class AlertingRounds {

    private final Outages outages;
    private final Issues issues;
    private final Notices notices;
    private final Recipients recipients;
    private final PolicyRows policies;
    private final MaintenanceWindows windows;
    private final AffectedCameras cameras;
    private final EventLog log;
    private final IssueRules rules;
    private final Obligations obligations;
    private final OutageSettings outageSettings;
    private final OutageObligations outageObligations;
    private final Language controlRoomLanguage;
    private final Supplier<String> newId;
    private final InstantSource clock;

    AlertingRounds(
            Database database,
            EventLog log,
            Outages outages,
            Issues issues,
            Notices notices,
            Recipients recipients,
            PolicyRows policies,
            MaintenanceWindows windows,
            IssueRules rules,
            Obligations obligations,
            OutageSettings outageSettings,
            OutageObligations outageObligations,
            Language controlRoomLanguage,
            Supplier<String> newId,
            InstantSource clock) {
        this.outages = outages;
        this.issues = issues;
        this.notices = notices;
        this.recipients = recipients;
        this.policies = policies;
        this.windows = windows;
        this.cameras = new AffectedCameras(database);
        this.log = log;
        this.rules = rules;
        this.obligations = obligations;
        this.outageSettings = outageSettings;
        this.outageObligations = outageObligations;
        this.controlRoomLanguage = controlRoomLanguage;
        this.newId = newId;
        this.clock = clock;
    }

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
        return windows.standing().flatMap(standing -> begin(batch, ids, standing, rounds));
    }

    private Mono<AlertingRound> begin(
            List<StatusTransition> batch,
            Set<CameraId> ids,
            Maintenance standing,
            Map<Long, Integer> rounds) {
        return outages.lockOpen()
                .flatMap(
                        open ->
                                Mono.zip(issues.lockLatest(ids), cameras.find(ids))
                                        .flatMap(
                                                read ->
                                                        begin(
                                                                open,
                                                                read.getT1(),
                                                                read.getT2(),
                                                                causes(batch, read.getT2()),
                                                                batch.size(),
                                                                standing,
                                                                rounds)));
    }

    /** A round over one issue that a person changes; empty where the id is unknown. */
    Mono<ByHand> begin(String issueId) {
        return windows.standing().flatMap(standing -> begin(issueId, standing));
    }

    private Mono<ByHand> begin(String issueId, Maintenance standing) {
        return outages.lockOpen()
                .flatMap(
                        open ->
                                issues.lock(issueId)
                                        .flatMap(
                                                issue ->
                                                        cameras.find(List.of(issue.cameraId()))
                                                                .flatMap(
                                                                        found ->
                                                                                begin(
                                                                                        open,
                                                                                        List.of(
                                                                                                issue),
                                                                                        found,
                                                                                        Set.of(),
                                                                                        1,
                                                                                        standing,
                                                                                        Map.of()))
                                                                .map(
                                                                        round ->
                                                                                new ByHand(
                                                                                        issue,
                                                                                        round))));
    }

    /** An issue as it is, and the round that changes it. */
    record ByHand(Issue issue, AlertingRound round) {}

    private static Set<String> causes(List<StatusTransition> batch, Map<CameraId, Camera> cameras) {
        Set<String> causes = new HashSet<>();
        for (StatusTransition transition : batch) {
            IssueKind kind = IssueKind.of(transition.to());
            Camera camera = cameras.get(transition.cameraId());
            String cause = kind == null || camera == null ? null : CauseKey.of(kind, camera);
            if (cause != null) {
                causes.add(cause);
            }
        }
        return causes;
    }

    private Mono<AlertingRound> begin(
            List<OpenOutage> open,
            List<Issue> latest,
            Map<CameraId, Camera> known,
            Set<String> causes,
            int changes,
            Maintenance standing,
            Map<Long, Integer> rounds) {
        List<String> mayEnd =
                open.stream()
                        .filter(one -> one.unresolved() < outageSettings.threshold() + changes)
                        .map(one -> one.outage().id())
                        .toList();
        Instant now = clock.instant();
        List<String> names = causes.stream().map(CauseKey::name).toList();
        return issues.lockAlone(causes, now.minus(outageSettings.window()))
                .flatMap(
                        alone ->
                                issues.lockUnresolvedOf(mayEnd)
                                        .flatMap(
                                                members ->
                                                        outages.lineSizes(names)
                                                                .map(
                                                                        sizes ->
                                                                                new OutageFacts(
                                                                                        open,
                                                                                        members,
                                                                                        alone,
                                                                                        sizes))))
                .flatMap(facts -> round(facts, latest, known, standing, rounds, now));
    }

    private Mono<AlertingRound> round(
            OutageFacts facts,
            List<Issue> latest,
            Map<CameraId, Camera> known,
            Maintenance standing,
            Map<Long, Integer> rounds,
            Instant now) {
        Set<String> subjects = new HashSet<>();
        latest.stream()
                .filter(one -> !one.status().isOver() || one.verification() != null)
                .forEach(one -> subjects.add(one.id()));
        facts.alone().forEach(one -> subjects.add(one.id()));
        facts.members().forEach(one -> subjects.add(one.id()));
        facts.open().forEach(one -> subjects.add(one.outage().id()));
        Set<CameraId> more = new HashSet<>();
        facts.alone().forEach(one -> more.add(one.cameraId()));
        facts.members().forEach(one -> more.add(one.cameraId()));
        Set<CameraId> all = new HashSet<>(known.keySet());
        all.addAll(more);
        latest.forEach(one -> all.add(one.cameraId()));
        more.removeAll(known.keySet());
        return Mono.zip(
                        notices.lockOf(subjects, all),
                        recipients.all(),
                        cameras.find(more),
                        policies.all())
                .map(
                        read -> {
                            Map<CameraId, Camera> found = new HashMap<>(known);
                            found.putAll(read.getT3());
                            Parties parties = new Parties(read.getT2(), controlRoomLanguage);
                            return new AlertingRound(
                                    rules,
                                    obligations,
                                    outageSettings,
                                    outageObligations,
                                    facts,
                                    parties,
                                    new PolicyRound(read.getT4(), parties, rounds, now),
                                    new MaintenanceHolds(standing, now),
                                    found,
                                    latest,
                                    read.getT1(),
                                    newId,
                                    now);
                        });
    }

    /** What is due by policies, locked; nothing else changes. */
    Mono<FollowUpRound> due(Instant now, int limit) {
        return windows.standing()
                .flatMap(
                        standing ->
                                outages.lockOpen()
                                        .flatMap(
                                                open ->
                                                        policies.due(now, limit)
                                                                .flatMap(
                                                                        rows ->
                                                                                due(
                                                                                        open, rows,
                                                                                        standing,
                                                                                        now))));
    }

    private Mono<FollowUpRound> due(
            List<OpenOutage> open, List<FollowUp> rows, Maintenance standing, Instant now) {
        Set<CameraId> ids = rows.stream().map(FollowUp::cameraId).collect(Collectors.toSet());
        Set<String> subjects =
                rows.stream().map(row -> row.subject().id()).collect(Collectors.toSet());
        return Mono.zip(issues.lockLatest(ids), cameras.find(ids), policies.all())
                .flatMap(
                        read ->
                                Mono.zip(notices.lockOf(subjects), recipients.all())
                                        .map(
                                                more ->
                                                        new FollowUpRound(
                                                                rows,
                                                                open,
                                                                read.getT1(),
                                                                read.getT2(),
                                                                more.getT1(),
                                                                read.getT3(),
                                                                new Parties(
                                                                        more.getT2(),
                                                                        controlRoomLanguage),
                                                                new MaintenanceHolds(standing, now),
                                                                now)));
    }

    Mono<Void> write(FollowUpRound round) {
        return notices.save(round.notices())
                .then(policies.write(round))
                .then(round.drafts().isEmpty() ? Mono.empty() : log.append(round.drafts()).then());
    }

    Mono<Void> write(AlertingRound round) {
        return outages.save(round.outages())
                .then(issues.save(round.issues()))
                .then(notices.save(round.notices()))
                .then(policies.write(round.policy(), clock.instant()))
                .then(round.drafts().isEmpty() ? Mono.empty() : log.append(round.drafts()).then());
    }
}
