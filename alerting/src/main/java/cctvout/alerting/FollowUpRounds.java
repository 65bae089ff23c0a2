package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.maintenance.Maintenance;
import cctvout.outage.OpenOutage;
import cctvout.policy.FollowUp;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what is due by policies and writes what came of it, inside the caller's transaction, with
 * locks in the same order as {@link AlertingRounds}.
 */
final class FollowUpRounds {

    private final RoundTables tables;

    FollowUpRounds(RoundTables tables) {
        this.tables = tables;
    }

    /** What is due, locked; nothing else changes. */
    Mono<FollowUpRound> begin(Instant now, int limit) {
        return tables.windows()
                .standing()
                .flatMap(
                        standing ->
                                tables.outages()
                                        .lockOpen()
                                        .flatMap(open -> begin(open, standing, now, limit)));
    }

    private Mono<FollowUpRound> begin(
            List<OpenOutage> open, Maintenance standing, Instant now, int limit) {
        return tables.policies()
                .due(now, limit)
                .flatMap(rows -> begin(open, rows, new MaintenanceHolds(standing, now), now));
    }

    private Mono<FollowUpRound> begin(
            List<OpenOutage> open, List<FollowUp> rows, MaintenanceHolds work, Instant now) {
        Set<CameraId> ids = rows.stream().map(FollowUp::cameraId).collect(Collectors.toSet());
        Set<String> subjects =
                rows.stream().map(row -> row.subject().id()).collect(Collectors.toSet());
        return Mono.zip(
                        tables.issues().lockLatest(ids),
                        tables.cameras().find(ids),
                        tables.policies().all())
                .flatMap(
                        read ->
                                Mono.zip(tables.notices().lockOf(subjects), tables.parties())
                                        .map(
                                                more ->
                                                        new FollowUpRound(
                                                                rows,
                                                                open,
                                                                read.getT1(),
                                                                read.getT2(),
                                                                more.getT1(),
                                                                read.getT3(),
                                                                more.getT2(),
                                                                work,
                                                                now)));
    }

    Mono<Void> write(FollowUpRound round) {
        return tables.notices()
                .save(round.notices())
                .then(tables.policies().write(round))
                .then(
                        round.drafts().isEmpty()
                                ? Mono.empty()
                                : tables.log().append(round.drafts()).then());
    }
}
