package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssueRules;
import cctvout.issue.Issues;
import cctvout.log.EventLog;
import cctvout.notification.Notices;
import cctvout.notification.Obligations;
import cctvout.notification.OutageObligations;
import cctvout.outage.CauseKey;
import cctvout.outage.OpenOutage;
import cctvout.outage.OutageSettings;
import cctvout.outage.Outages;
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
 * taken in one order everywhere: outages, issues, notices, head of the log.
 */
final class AlertingRounds {

    private final Outages outages;
    private final Issues issues;
    private final Notices notices;
    private final Recipients recipients;
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
        Set<CameraId> ids =
                batch.stream().map(StatusTransition::cameraId).collect(Collectors.toSet());
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
                                                                batch.size())));
    }

    /** A round over one issue that a person changes; empty where the id is unknown. */
    Mono<ByHand> begin(String issueId) {
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
                                                                                        1))
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
            int changes) {
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
                .flatMap(facts -> round(facts, latest, known, now));
    }

    private Mono<AlertingRound> round(
            OutageFacts facts, List<Issue> latest, Map<CameraId, Camera> known, Instant now) {
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
        more.removeAll(known.keySet());
        return Mono.zip(notices.lockOf(subjects), recipients.all(), cameras.find(more))
                .map(
                        read -> {
                            Map<CameraId, Camera> all = new HashMap<>(known);
                            all.putAll(read.getT3());
                            return new AlertingRound(
                                    rules,
                                    obligations,
                                    outageSettings,
                                    outageObligations,
                                    facts,
                                    new Parties(read.getT2(), controlRoomLanguage),
                                    all,
                                    latest,
                                    read.getT1(),
                                    newId,
                                    now);
                        });
    }

    Mono<Void> write(AlertingRound round) {
        return outages.save(round.outages())
                .then(issues.save(round.issues()))
                .then(notices.save(round.notices()))
                .then(round.drafts().isEmpty() ? Mono.empty() : log.append(round.drafts()).then());
    }
}
