package cctvout.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.camera.CameraId;
import cctvout.issue.IssueDecision.Close;
import cctvout.issue.IssueDecision.Nothing;
import cctvout.issue.IssueDecision.Open;
import cctvout.issue.IssueDecision.Replace;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class IssueRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

    private final IssueRules rules = new IssueRules(false);

    @Test
    void faultOpensAnIssueOfItsKind() {
        assertThat(rules.decide(to(Verdict.LINE_FAULT), null))
                .isEqualTo(new Open(IssueKind.LINE, "WHY"));
        assertThat(rules.decide(to(Verdict.CAMERA_FAULT), null))
                .isEqualTo(new Open(IssueKind.CAMERA, "WHY"));
        assertThat(rules.decide(to(Verdict.STREAM_SERVER_FAULT), null))
                .isEqualTo(new Open(IssueKind.STREAM_SERVER, "WHY"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"HEALTHY", "DEGRADED", "UNKNOWN"})
    void noFaultAndNoIssueIsNothing(Verdict verdict) {
        assertThat(rules.decide(to(verdict), null)).isInstanceOf(Nothing.class);
    }

    @Test
    void degradedOpensOnlyWhereASettingSaysSo() {
        assertThat(new IssueRules(true).decide(to(Verdict.DEGRADED), null))
                .isEqualTo(new Open(IssueKind.DEGRADED, "WHY"));
    }

    @Test
    void sameFaultAgainIsNothing() {
        assertThat(rules.decide(to(Verdict.LINE_FAULT), open(IssueKind.LINE)))
                .isInstanceOf(Nothing.class);
    }

    @Test
    void healthyAndDegradedResolve() {
        assertThat(rules.decide(to(Verdict.HEALTHY), open(IssueKind.LINE)))
                .isEqualTo(new Close(Ending.RECOVERED, "well again"));
        assertThat(rules.decide(to(Verdict.DEGRADED), open(IssueKind.LINE)))
                .isEqualTo(new Close(Ending.BECAME_DEGRADED, "became DEGRADED"));
    }

    @Test
    void cameraNoLongerCheckedCancels() {
        Close close = (Close) rules.decide(to(Verdict.UNKNOWN), open(IssueKind.CAMERA));
        assertThat(close.ending()).isEqualTo(Ending.NOT_CHECKED);
        assertThat(close.ending().status()).isEqualTo(IssueStatus.CANCELLED);
    }

    @Test
    void anotherPartysFaultReplacesTheIssue() {
        assertThat(rules.decide(to(Verdict.CAMERA_FAULT), open(IssueKind.LINE)))
                .isEqualTo(
                        new Replace(
                                new Close(Ending.BECAME_CAMERA, "became CAMERA_FAULT"),
                                new Open(IssueKind.CAMERA, "WHY")));
    }

    @Test
    void personTakesIssueThroughItsSteps() {
        Issue taken =
                new IssuePatch(IssueStatus.IN_PROGRESS, "김기사", null, null)
                        .applyTo(open(IssueKind.LINE), "admin", NOW);
        assertThat(taken.status()).isEqualTo(IssueStatus.IN_PROGRESS);
        assertThat(taken.acknowledgedAt()).isEqualTo(NOW);
        assertThat(taken.assignee()).isEqualTo("김기사");
        Issue done =
                new IssuePatch(IssueStatus.RESOLVED, null, "케이블 교체", null)
                        .applyTo(taken, "admin", NOW);
        assertThat(done.status()).isEqualTo(IssueStatus.RESOLVED);
        assertThat(done.details()).isEqualTo("케이블 교체");
        assertThat(done.endedSeq()).isNull();
        assertThat(done.timeline())
                .extracting(TimelineEntry::step)
                .containsExactly(
                        TimelineEntry.Step.OPENED,
                        TimelineEntry.Step.ASSIGNED,
                        TimelineEntry.Step.ACKNOWLEDGED,
                        TimelineEntry.Step.DETAILS,
                        TimelineEntry.Step.RESOLVED);
    }

    @Test
    void impossibleStepIsRefused() {
        Issue done =
                new IssuePatch(IssueStatus.RESOLVED, null, null, null)
                        .applyTo(open(IssueKind.LINE), "admin", NOW);
        for (IssueStatus next :
                new IssueStatus[] {
                    IssueStatus.OPEN, IssueStatus.IN_PROGRESS, IssueStatus.CANCELLED
                }) {
            assertThatThrownBy(
                            () ->
                                    new IssuePatch(next, null, null, null)
                                            .applyTo(done, "admin", NOW))
                    .isInstanceOf(ImpossibleStepException.class)
                    .hasMessageContaining("RESOLVED and cannot become " + next);
        }
    }

    @Test
    void impossibleStepNamesThePossibleOnes() {
        assertThat(new ImpossibleStepException("i-1", IssueStatus.IN_PROGRESS, IssueStatus.OPEN))
                .hasMessageEndingWith("it may become one of [RESOLVED, CANCELLED]");
        assertThat(new ImpossibleStepException("i-1", IssueStatus.CANCELLED, IssueStatus.OPEN))
                .hasMessageEndingWith("nothing follows it");
    }

    @Test
    void everyChangeIsNotedWithWhatStoodThereBefore() {
        Instant later = NOW.plusSeconds(60);
        Issue first =
                new IssuePatch(null, "김", "a".repeat(3000), NOW)
                        .applyTo(open(IssueKind.LINE), "a", NOW);
        Issue then = new IssuePatch(null, "이", "", later).applyTo(first, "b", later);
        assertThat(then.details()).isNull();
        assertThat(then.version()).isEqualTo(7);
        assertThat(then.timeline().subList(4, 7)).extracting(TimelineEntry::who).containsOnly("b");
        assertThat(then.timeline().get(4).was()).isEqualTo("김");
        assertThat(then.timeline().get(5).was()).isEqualTo(NOW.toString());
        assertThat(then.timeline().get(6).was()).hasSize(2000).endsWith("…");
    }

    @Test
    void aVisitThatIsCalledOffIsNoted() {
        Issue planned =
                new IssuePatch(null, null, null, NOW).applyTo(open(IssueKind.LINE), "a", NOW);
        IssuePatch off = new IssuePatch(null, null, null, IssuePatch.NO_VISIT);
        Issue calledOff = off.applyTo(planned, "b", NOW);
        assertThat(calledOff.plannedVisitAt()).isNull();
        assertThat(calledOff.timeline().getLast())
                .isEqualTo(
                        new TimelineEntry(
                                NOW, "b", TimelineEntry.Step.VISIT_PLANNED, "", NOW.toString()));
        assertThat(off.applyTo(calledOff, "c", NOW)).isEqualTo(calledOff);
    }

    @Test
    void aVisitInAnotherAgeIsASlip() {
        Issue issue = open(IssueKind.LINE);
        for (Instant wrong :
                List.of(
                        Instant.parse("1999-11-22T10:00:00Z"),
                        NOW.minus(IssuePatch.VISIT_BACK).minusSeconds(1),
                        NOW.plus(Duration.ofDays(6 * 365)),
                        Instant.parse("2999-11-22T10:00:00Z"))) {
            IssuePatch patch = new IssuePatch(null, null, null, wrong);
            assertThatThrownBy(() -> patch.applyTo(issue, "a", NOW))
                    .hasMessage("plannedVisitAt: at most 180 days ago and 5 years ahead");
        }
        Instant late = NOW.minus(IssuePatch.VISIT_BACK);
        IssuePatch noted = new IssuePatch(null, null, null, late);
        Issue planned = noted.applyTo(issue, "a", NOW);
        assertThat(planned.plannedVisitAt()).isEqualTo(late);
        assertThat(noted.applyTo(planned, "a", NOW.plusSeconds(60)))
                .as("sent back as it was read")
                .isEqualTo(planned);
    }

    @Test
    void commentsAreBoundedInLengthAndNumber() {
        assertThatThrownBy(() -> new Comment("x".repeat(Comment.MAX_TEXT + 1)))
                .hasMessage("text: longer than 2000 characters");
        assertThatThrownBy(() -> new Comment(" \n")).hasMessageStartingWith("text: required");
        Issue issue = open(IssueKind.LINE);
        for (int i = 0; i < Comment.MAX_COMMENTS; i++) {
            issue = new Comment(" so be it ").applyTo(issue, "kim", NOW);
        }
        assertThat(issue.timeline().getLast().text()).isEqualTo("so be it");
        Issue full = issue;
        assertThatThrownBy(() -> new Comment("one more").applyTo(full, "kim", NOW))
                .isInstanceOf(TooManyCommentsException.class)
                .hasMessageContaining("500 comments");
    }

    @Test
    void patchThatSaysNothingChangesNothing() {
        Issue issue = open(IssueKind.LINE);
        assertThat(new IssuePatch(IssueStatus.OPEN, "", "", null).applyTo(issue, "admin", NOW))
                .isEqualTo(issue);
    }

    private static Issue open(IssueKind kind) {
        return Issue.open("i-1", kind, to(Verdict.LINE_FAULT), null, NOW);
    }

    private static StatusTransition to(Verdict verdict) {
        return new StatusTransition(
                7, new CameraId("C-1"), Verdict.HEALTHY, verdict, "WHY", Evidence.NONE, NOW);
    }
}
