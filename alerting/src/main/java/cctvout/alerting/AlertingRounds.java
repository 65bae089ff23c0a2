package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueRules;
import cctvout.issue.Issues;
import cctvout.log.EventLog;
import cctvout.notification.Notices;
import cctvout.notification.Obligations;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipients;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads what a round needs and writes what came of it, inside the caller's transaction. Locks are
 * taken in one order everywhere: issues, notices, head of the log.
 */
final class AlertingRounds {

    private final Issues issues;
    private final Notices notices;
    private final Recipients recipients;
    private final AffectedCameras cameras;
    private final EventLog log;
    private final IssueRules rules;
    private final Obligations obligations;
    private final Language controlRoomLanguage;
    private final Supplier<String> newId;
    private final InstantSource clock;

    AlertingRounds(
            Database database,
            EventLog log,
            Issues issues,
            Notices notices,
            Recipients recipients,
            IssueRules rules,
            Obligations obligations,
            Language controlRoomLanguage,
            Supplier<String> newId,
            InstantSource clock) {
        this.issues = issues;
        this.notices = notices;
        this.recipients = recipients;
        this.cameras = new AffectedCameras(database);
        this.log = log;
        this.rules = rules;
        this.obligations = obligations;
        this.controlRoomLanguage = controlRoomLanguage;
        this.newId = newId;
        this.clock = clock;
    }

    /** A round over these cameras, whose latest issues are locked. */
    Mono<AlertingRound> begin(Collection<CameraId> ids) {
        return issues.lockLatest(ids).flatMap(latest -> begin(ids, latest));
    }

    /** A round over these issues, which the caller has locked. */
    Mono<AlertingRound> begin(Collection<CameraId> ids, List<Issue> locked) {
        List<String> openIssues =
                locked.stream().filter(issue -> !issue.status().isOver()).map(Issue::id).toList();
        return Mono.zip(notices.lockOf(openIssues), recipients.all(), cameras.find(ids))
                .map(
                        read ->
                                new AlertingRound(
                                        rules,
                                        obligations,
                                        new Parties(read.getT2(), controlRoomLanguage),
                                        read.getT3(),
                                        locked,
                                        read.getT1(),
                                        newId,
                                        clock.instant()));
    }

    Mono<Void> write(AlertingRound round) {
        return issues.save(round.issues())
                .then(notices.save(round.notices()))
                .then(round.drafts().isEmpty() ? Mono.empty() : log.append(round.drafts()).then());
    }
}
