package cctvout.alerting;

import cctvout.issue.Comment;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueQuery;
import cctvout.issue.IssueStatus;
import cctvout.issue.Issues;
import cctvout.issue.Verification;
import cctvout.notification.Notices;
import cctvout.notification.NotificationPipeline;
import cctvout.record.StaleRecordException;
import cctvout.store.Database;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/**
 * What people do with issues. All publishers are lazy.
 *
 * <p>An issue that a person cancels while the fault stands is over, and those told are told so in
 * the same transaction. One that a person resolves waits for a probe's word, see {@link Verifier}:
 * its row is what is owed to those told. Its {@code endedSeq} stays null until the fault ends by
 * itself.
 */
public final class IssueDesk {

    private final Database database;
    private final Issues issues;
    private final Notices notices;
    private final AlertingRounds rounds;
    private final NotificationPipeline pipeline;
    private final Duration verifyWithin;
    private final InstantSource clock;

    IssueDesk(
            Database database,
            Issues issues,
            Notices notices,
            AlertingRounds rounds,
            NotificationPipeline pipeline,
            Duration verifyWithin,
            InstantSource clock) {
        this.database = database;
        this.issues = issues;
        this.notices = notices;
        this.rounds = rounds;
        this.pipeline = pipeline;
        this.verifyWithin = verifyWithin;
        this.clock = clock;
    }

    /** Empty where the id is unknown. */
    public Mono<Issue> find(String id) {
        return issues.find(id);
    }

    /**
     * With the reminders and escalations, of its outage too, in its timeline.
     *
     * @param reader a recipient, who is not told which others were; null for who may know all
     */
    public Mono<Issue> shown(Issue issue, @Nullable String reader) {
        List<String> subjects =
                issue.outageId() == null
                        ? List.of(issue.id())
                        : List.of(issue.id(), issue.outageId());
        return notices.ofSubjects(subjects)
                .map(found -> issue.showing(FollowUpSteps.of(found, reader)));
    }

    public Mono<Issues.Page> search(IssueQuery query) {
        return issues.search(query);
    }

    /** Those not over. */
    public Mono<Long> countUnresolved() {
        return issues.countUnresolved();
    }

    /**
     * The issue after the change; empty where the id is unknown. Errors with {@link
     * cctvout.issue.ImpossibleStepException}, and with {@link StaleRecordException} where it is not
     * of the version any more.
     *
     * @param demanded the issue's version before; empty where any will do
     * @param who a user's name, for the timeline
     */
    public Mono<Issue> patch(String id, OptionalLong demanded, IssuePatch patch, String who) {
        Mono<Issue> work =
                rounds.begin(id)
                        .filter(byHand -> isOf(byHand.issue(), demanded))
                        .flatMap(byHand -> patch(byHand, patch, who));
        return database.inTransaction(work).doOnNext(_ -> pipeline.wake());
    }

    /** Of any version. */
    public Mono<Issue> patch(String id, IssuePatch patch, String who) {
        return patch(id, OptionalLong.empty(), patch, who);
    }

    /**
     * The issue with the comment; empty where the id is unknown. Errors with {@link
     * cctvout.issue.TooManyCommentsException}.
     */
    public Mono<Issue> comment(String id, Comment comment, String who) {
        Mono<Issue> work =
                rounds.begin(id)
                        .flatMap(
                                byHand -> {
                                    Issue after =
                                            comment.applyTo(byHand.issue(), who, clock.instant());
                                    byHand.round().changed(after);
                                    return rounds.write(byHand.round()).thenReturn(after);
                                });
        return database.inTransaction(work);
    }

    private static boolean isOf(Issue issue, OptionalLong demanded) {
        if (demanded.isPresent() && demanded.getAsLong() != issue.version()) {
            throw new StaleRecordException(
                    "issue", issue.id(), demanded.getAsLong(), issue.version());
        }
        return true;
    }

    private Mono<Issue> patch(AlertingRounds.ByHand byHand, IssuePatch patch, String who) {
        Issue before = byHand.issue();
        AlertingRound round = byHand.round();
        Instant now = clock.instant();
        Issue after = patch.applyTo(before, who, now);
        if (after.equals(before)) {
            return Mono.just(before);
        }
        boolean repaired = after.status() == IssueStatus.RESOLVED && !before.status().isOver();
        if (repaired && verifyWithin.isPositive()) {
            after = after.awaiting(new Verification(now, now.plus(verifyWithin)));
            round.changed(after);
        } else if (after.status().isOver() && !before.status().isOver()) {
            round.closedByHand(after, ending(after));
        } else {
            round.changed(after);
        }
        return rounds.write(round).thenReturn(after);
    }

    private static Ending ending(Issue issue) {
        return issue.status() == IssueStatus.CANCELLED
                ? Ending.CANCELLED_BY_HAND
                : Ending.RESOLVED_BY_HAND;
    }
}
