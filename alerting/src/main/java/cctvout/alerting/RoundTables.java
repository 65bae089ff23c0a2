package cctvout.alerting;

import cctvout.issue.Issues;
import cctvout.issue.RecentFaults;
import cctvout.log.EventLog;
import cctvout.maintenance.MaintenanceWindows;
import cctvout.notification.Notices;
import cctvout.outage.Outages;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipients;

import reactor.core.publisher.Mono;

import java.time.Instant;

/** What rounds read and write. All publishers are lazy, and belong in the caller's transaction. */
record RoundTables(
        Outages outages,
        Issues issues,
        RecentFaults faults,
        Notices notices,
        Recipients recipients,
        PolicyRows policies,
        MaintenanceWindows windows,
        AffectedCameras cameras,
        EventLog log,
        Language controlRoomLanguage) {

    Mono<Parties> parties() {
        return recipients.all().map(all -> new Parties(all, controlRoomLanguage));
    }

    Mono<Void> write(AlertingRound round, Instant now) {
        return outages.save(round.outages())
                .then(issues.save(round.issues()))
                .then(notices.save(round.notices()))
                .then(policies.write(round.policy(), now))
                .then(round.drafts().isEmpty() ? Mono.empty() : log.append(round.drafts()).then());
    }
}
