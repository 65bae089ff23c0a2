package cctvout.alerting;

import cctvout.engine.EngineState;
import cctvout.engine.ProbeEngine;
import cctvout.issue.Issue;
import cctvout.issue.Issues;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.issue.Verification;
import cctvout.issue.Verification.Finding;
import cctvout.log.EventLog;
import cctvout.notification.NotificationPipeline;
import cctvout.status.CameraStatus;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a person resolved is looked at by a probe before those told hear of it, and opened again
 * where it is still bad. That a look is wanted is in the issue's row: whichever process probes
 * finds it there, woken by the log. Where none does in time the person is believed; a later look
 * that finds it bad opens it again all the same, and tells those anew who had heard of the end.
 */
final class Verifier {

    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    /** Looks at a time, and read at a time. */
    private static final int AT_ONCE = 8;

    private static final int BATCH = 100;

    /** What an unclear answer, or none, lets wait. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private static final Duration ONE_LOOK = Duration.ofMinutes(1);

    /** What no probe looked at for so long is left to the next transition. */
    private static final Duration FORGET = Duration.ofDays(1);

    private static final Set<EngineState> DISTRUSTED =
            EnumSet.of(EngineState.BLIND, EngineState.PAUSED);

    private final Database database;
    private final EventLog events;
    private final Issues issues;
    private final AlertingRounds rounds;
    private final NotificationPipeline pipeline;
    private final Duration poll;
    private final InstantSource clock;

    /** Issues that are being looked at, and when they may be again. */
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();

    Verifier(
            Database database,
            EventLog events,
            Issues issues,
            AlertingRounds rounds,
            NotificationPipeline pipeline,
            Duration poll,
            InstantSource clock) {
        this.database = database;
        this.events = events;
        this.issues = issues;
        this.rounds = rounds;
        this.pipeline = pipeline;
        this.poll = poll;
        this.clock = clock;
    }

    /**
     * Has the cameras in question probed, ahead of all others, until {@code stopping} signals.
     * Lazy, one subscriber; goes on through every trouble.
     */
    Flux<Issue> looks(ProbeEngine engine, Mono<?> stopping) {
        Flux<Boolean> wakes = events.wakeUps().map(_ -> true).onErrorResume(_ -> Flux.never());
        return Flux.merge(wakes, every())
                .takeUntilOther(stopping)
                .onBackpressureLatest()
                .concatMap(_ -> wanted(), 1)
                .flatMap(issue -> look(issue, engine), AT_ONCE, 1);
    }

    /** Tells of the end where no probe looked in time, until {@code stopping} signals. */
    Flux<Issue> deadlines(Mono<?> stopping) {
        return every().takeUntilOther(stopping)
                .concatMap(
                        _ ->
                                issues.overdue(clock.instant(), BATCH)
                                        .flatMapIterable(ids -> ids)
                                        .concatMap(this::believe)
                                        .onErrorResume(Verifier::logged),
                        1);
    }

    private Flux<Boolean> every() {
        return Flux.interval(Duration.ZERO, poll).onBackpressureDrop().map(_ -> true);
    }

    private Flux<Issue> wanted() {
        return issues.toVerify(clock.instant().minus(FORGET), BATCH)
                .onErrorResume(
                        trouble -> {
                            logged(trouble);
                            return Mono.just(List.of());
                        })
                .doOnNext(this::forgetOthers)
                .flatMapIterable(found -> found)
                .filter(this::mayBegin);
    }

    private void forgetOthers(List<Issue> found) {
        notBefore.keySet().retainAll(found.stream().map(Issue::id).collect(Collectors.toSet()));
    }

    private boolean mayBegin(Issue issue) {
        Instant now = clock.instant();
        Instant earliest = notBefore.get(issue.id());
        if (earliest != null && earliest.isAfter(now)) {
            return false;
        }
        notBefore.put(issue.id(), now.plus(ONE_LOOK).plus(AGAIN));
        return true;
    }

    private Mono<Issue> look(Issue issue, ProbeEngine engine) {
        return engine.check(issue.cameraId())
                .timeout(ONE_LOOK)
                .filter(_ -> !DISTRUSTED.contains(engine.status().state()))
                .filter(checked -> Verification.finding(issue.kind(), checked) == Finding.STILL_BAD)
                .flatMap(checked -> reopen(issue.id(), checked))
                .onErrorResume(Verifier::logged)
                .doFinally(
                        _ ->
                                notBefore.computeIfPresent(
                                        issue.id(), (_, _) -> clock.instant().plus(AGAIN)));
    }

    private static Mono<Issue> logged(Throwable trouble) {
        LOG.warn("what was resolved by hand cannot be verified: {}", trouble.toString());
        return Mono.empty();
    }

    /** Empty where there was nothing left to open again. */
    private Mono<Issue> reopen(String id, CameraStatus checked) {
        Mono<Issue> work = rounds.begin(id).flatMap(byHand -> reopen(byHand, checked));
        return database.inTransaction(work).doOnNext(_ -> pipeline.wake());
    }

    private Mono<Issue> reopen(AlertingRounds.ByHand byHand, CameraStatus checked) {
        Issue before = byHand.issue();
        if (before.verification() == null || before.endedSeq() != null) {
            return Mono.empty();
        }
        Issue after = before.reopened(entry(Step.REOPENED, "still bad: " + checked.reason()));
        return byHand.round().reopened(after, !before.isEndUntold())
                ? rounds.write(byHand.round()).thenReturn(after)
                : Mono.empty();
    }

    private Mono<Issue> believe(String id) {
        Mono<Issue> work = rounds.begin(id).flatMap(this::believe);
        return database.inTransaction(work).doOnNext(_ -> pipeline.wake());
    }

    private Mono<Issue> believe(AlertingRounds.ByHand byHand) {
        Issue before = byHand.issue();
        if (!before.isEndUntold()) {
            return Mono.empty();
        }
        Issue after = before.believed(entry(Step.NOT_VERIFIED, "no probe looked in time"));
        byHand.round().endTold(after);
        return rounds.write(byHand.round()).thenReturn(after);
    }

    private TimelineEntry entry(Step step, String text) {
        Instant now = clock.instant();
        return new TimelineEntry(now, TimelineEntry.SYSTEM, step, text);
    }
}
