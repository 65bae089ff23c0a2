package cctvout.alerting;

import cctvout.policy.FollowUp;
import cctvout.policy.Policies;
import cctvout.policy.PolicyStore;
import cctvout.policy.PostgresDegradedWaits;
import cctvout.policy.PostgresFollowUps;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What rounds read and write of policies, inside the caller's transaction. */
final class PolicyRows {

    private final Database database;
    private final PolicyStore policies;
    private final PostgresFollowUps followUps;
    private final PostgresDegradedWaits waits;
    private final boolean degradedOpensIssue;

    PolicyRows(Database database, PolicyStore policies, boolean degradedOpensIssue) {
        this.database = database;
        this.policies = policies;
        this.followUps = new PostgresFollowUps(database);
        this.waits = new PostgresDegradedWaits(database);
        this.degradedOpensIssue = degradedOpensIssue;
    }

    Mono<Policies> all() {
        return policies.all().map(all -> new Policies(all, degradedOpensIssue));
    }

    /** Is anything due? Without a lock, to be asked often. */
    Mono<Boolean> isAnyDue(Instant now) {
        return database.client()
                .sql(
                        """
                        select exists(select 1 from follow_up where next_at <= :now)
                            or exists(select 1 from degraded_wait where next_at <= :now) as due""")
                .bind("now", now)
                .map(row -> Objects.requireNonNull(row.get("due", Boolean.class)))
                .one();
    }

    Mono<List<FollowUp>> due(Instant now, int limit) {
        return followUps.due(now, limit);
    }

    Mono<List<PostgresDegradedWaits.Waiting>> longDegraded(Instant now, int limit) {
        return waits.due(now, limit);
    }

    Mono<Void> write(PolicyRound round, Instant now) {
        return followUps
                .end(round.over())
                .then(followUps.begin(round.followUps()))
                .then(waits.end(round.seen()))
                .then(waits.begin(round.waiting(), now));
    }

    Mono<Void> write(FollowUpRound round) {
        return followUps.endOnly(round.ended()).then(followUps.move(round.moved()));
    }
}
