package cctvout.alerting;

import cctvout.notification.FollowUpNotices;
import cctvout.policy.PostgresDegradedWaits.Waiting;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reminders, escalations, and cameras that have been DEGRADED for as many results as a policy asks
 * for. What is due lies in rows that change in one transaction with the notices that come of them,
 * so that a process that dies loses none and makes none twice. It waits until the log is read to
 * its end: what has ended meanwhile is not told again.
 */
final class DueByPolicy {

    /** Rows of each kind in one transaction. */
    static final int LIMIT = 200;

    private final Database database;
    private final TransitionLog transitions;
    private final AlertingRounds rounds;
    private final FollowUpRounds followUps;
    private final PolicyRows policies;
    private final FollowUpNotices notices;
    private final InstantSource clock;

    DueByPolicy(
            Database database,
            TransitionLog transitions,
            AlertingRounds rounds,
            FollowUpRounds followUps,
            PolicyRows policies,
            FollowUpNotices notices,
            InstantSource clock) {
        this.database = database;
        this.transitions = transitions;
        this.rounds = rounds;
        this.followUps = followUps;
        this.policies = policies;
        this.notices = notices;
        this.clock = clock;
    }

    /** How many rows were due, 0 where the log is not read to its end. Lazy. */
    Mono<Integer> handle() {
        return Mono.defer(
                () -> {
                    Instant now = clock.instant();
                    return policies.isAnyDue(now)
                            .flatMap(
                                    any ->
                                            any
                                                    ? database.inTransaction(whenCaughtUp(now))
                                                    : Mono.just(0));
                });
    }

    private Mono<Integer> whenCaughtUp(Instant now) {
        return AlertingConsumer.lockCursor(database)
                .flatMap(after -> transitions.read(after, 1))
                .flatMap(
                        unread ->
                                unread.isEmpty()
                                        ? followUps(now)
                                                .flatMap(
                                                        some ->
                                                                longDegraded(now)
                                                                        .map(
                                                                                more ->
                                                                                        Math.max(
                                                                                                some,
                                                                                                more)))
                                        : Mono.just(0));
    }

    private Mono<Integer> followUps(Instant now) {
        return followUps
                .begin(now, LIMIT)
                .flatMap(
                        round -> {
                            round.apply(notices);
                            return followUps.write(round).thenReturn(round.size());
                        });
    }

    private Mono<Integer> longDegraded(Instant now) {
        return policies.longDegraded(now, LIMIT)
                .flatMap(waiting -> waiting.isEmpty() ? Mono.just(0) : longDegraded(waiting));
    }

    private Mono<Integer> longDegraded(List<Waiting> waiting) {
        List<StatusTransition> since = waiting.stream().map(Waiting::since).toList();
        Map<Long, Integer> results =
                waiting.stream()
                        .collect(Collectors.toMap(one -> one.since().seq(), Waiting::rounds));
        return rounds.begin(since, results)
                .flatMap(
                        round -> {
                            round.stillDegraded(since);
                            return rounds.write(round).thenReturn(waiting.size());
                        });
    }
}
