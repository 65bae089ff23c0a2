package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;
import cctvout.notification.NotificationStatus;
import cctvout.policy.Audience;
import cctvout.policy.FaultMatch;
import cctvout.policy.Policy;
import cctvout.status.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

class VerifierTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Disposable.Composite running = Disposables.composite();
    private Bench bench = open(BenchSettings.USUAL.verifying(LONG));

    private static Bench open(BenchSettings settings) {
        Bench fresh = new Bench(settings);
        fresh.camera("C-1", "L-17", "한빛");
        fresh.recipient("line-17", LINE_OPERATOR, List.of("L-17"), fresh.webhook("/line"));
        return fresh;
    }

    private void reopenBench(BenchSettings settings) {
        bench.close();
        bench = open(settings);
    }

    @AfterEach
    void close() {
        running.dispose();
        bench.close();
    }

    @Test
    void stillBadIsOpenedAgainAndNobodyHearsOfAnEndBeforeThereIsOne() {
        bench.start();
        Issue issue = resolvedByHand();
        assertThat(issue.isEndUntold()).isTrue();
        assertThat(told(RECOVERED)).isEmpty();

        looks(LINE_FAULT);
        Issue again = until(one -> one.status() == IssueStatus.OPEN);
        assertThat(again.resolvedAt()).isNull();
        assertThat(again.resolution()).isNull();
        assertThat(again.verification()).isNull();
        TimelineEntry last = again.timeline().getLast();
        assertThat(last.step()).isEqualTo(Step.REOPENED);
        assertThat(last.who()).isEqualTo(TimelineEntry.SYSTEM);
        assertThat(last.text()).isEqualTo("still bad: ICMP_TIMEOUT");
        assertThat(told(RECOVERED)).isEmpty();

        bench.turns("C-1", LINE_FAULT, HEALTHY);
        until(one -> one.status() == IssueStatus.RESOLVED);
        assertThat(told(RECOVERED)).containsExactlyInAnyOrder("line-17", "control-room");
        assertThat(told(OPENED)).containsExactly("line-17");
    }

    @Test
    void whatTheProbeFindsWellIsToldOnceByItsTransition() {
        bench.start();
        resolvedByHand();
        AtomicInteger checks = looks(HEALTHY);
        waitFor(checks);
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        Issue over = until(one -> one.endedSeq() != null);
        assertThat(over.status()).isEqualTo(IssueStatus.RESOLVED);
        assertThat(over.verification()).isNull();
        assertThat(told(RECOVERED)).containsExactlyInAnyOrder("line-17", "control-room");
    }

    @Test
    void otherFaultMeanwhileEndsTheFirstAndOpensItsOwn() {
        bench.start();
        resolvedByHand();
        bench.turns("C-1", LINE_FAULT, CAMERA_FAULT);
        until(one -> one.endedSeq() != null);
        assertThat(told(RECOVERED)).containsExactlyInAnyOrder("line-17", "control-room");
        assertThat(bench.issues()).hasSize(2);
        assertThat(bench.count("issue where status in ('OPEN', 'IN_PROGRESS')")).isEqualTo(1);
    }

    @Test
    void withoutAProbeThePersonIsBelievedInTimeAndALateLookTellsAnew() {
        reopenBench(BenchSettings.USUAL.verifying(SHORT));
        startAll();
        resolvedByHand();
        Issue believed = until(one -> one.verification() != null && !one.isEndUntold());
        assertThat(believed.status()).isEqualTo(IssueStatus.RESOLVED);
        assertThat(believed.timeline().getLast().step()).isEqualTo(Step.NOT_VERIFIED);
        bench.until(all -> sent(all, RECOVERED) == 2);

        looks(LINE_FAULT);
        until(one -> one.status() == IssueStatus.OPEN);
        bench.until(all -> sent(all, OPENED) == 3);
        assertThat(told(OPENED)).containsExactlyInAnyOrder("line-17", "line-17", "control-room");

        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.until(all -> sent(all, RECOVERED) == 4);
        assertThat(told(RECOVERED))
                .containsExactlyInAnyOrder("line-17", "line-17", "control-room", "control-room");
        assertThat(bench.receiver.rest())
                .extracting(hook -> hook.header("Webhook-Id"))
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    /** Who had taken it up and called it repaired is followed up like anybody. */
    @Test
    void whatIsOpenAgainIsRememberedAgain() {
        Bench.get(
                bench.alerting
                        .policyDesk()
                        .create(
                                new Policy(
                                        "p",
                                        "p",
                                        1,
                                        true,
                                        FaultMatch.ANY,
                                        Audience.RESPONSIBLE,
                                        null,
                                        PolicyCase.REMINDERS,
                                        List.of(),
                                        null,
                                        0)));
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        Issue open = until(one -> one.status() == IssueStatus.OPEN);
        assertThat(bench.count("follow_up")).isEqualTo(1);
        patch(open, IssueStatus.IN_PROGRESS);
        patch(open, IssueStatus.RESOLVED);
        assertThat(bench.count("follow_up")).isZero();
        looks(LINE_FAULT);
        until(one -> one.status() == IssueStatus.OPEN);
        assertThat(bench.count("follow_up")).isEqualTo(1);
    }

    @Test
    void reopenedOneOfAnOutageIsOneOfItAgain() {
        reopenBench(BenchSettings.USUAL.verifying(LONG).with(BenchSettings.outagesOf(2)));
        bench.camera("C-2", "L-17", "한빛");
        bench.camera("C-3", "L-17", "한빛");
        bench.turns("C-2", HEALTHY, LINE_FAULT);
        bench.turns("C-3", HEALTHY, LINE_FAULT);
        bench.start();
        resolvedByHand();
        looks(LINE_FAULT);
        until(one -> one.status() == IssueStatus.OPEN);
        bench.turn(List.of("C-1", "C-2", "C-3"), LINE_FAULT, HEALTHY);
        bench.until(all -> sent(all, RECOVERED) == 2 && told(all, OPENED).size() == 1);
        assertThat(told(OPENED)).containsExactly("line-17");
        assertThat(told(RECOVERED)).containsExactlyInAnyOrder("line-17", "control-room");
        assertThat(bench.count("outage where resolved_at is null")).isZero();
    }

    private static long sent(List<Notification> all, NotificationEvent event) {
        return all.stream()
                .filter(one -> one.event() == event && one.status() == NotificationStatus.SENT)
                .count();
    }

    private void startAll() {
        bench.start();
        running.add(bench.alerting.verifier().deadlines(Mono.never()).subscribe());
    }

    private Issue resolvedByHand() {
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        Issue open = until(one -> one.status() == IssueStatus.OPEN);
        return patch(open, IssueStatus.RESOLVED);
    }

    private Issue patch(Issue issue, IssueStatus status) {
        return Bench.get(
                bench.alerting
                        .issueDesk()
                        .patch(issue.id(), new IssuePatch(status, null, null, null), "kim"));
    }

    private List<String> told(NotificationEvent event) {
        return told(bench.notifications(), event);
    }

    private static List<String> told(List<Notification> all, NotificationEvent event) {
        return all.stream()
                .filter(one -> one.event() == event)
                .filter(one -> one.status() != NotificationStatus.CANCELLED)
                .map(Notification::recipientId)
                .toList();
    }

    private Issue until(Predicate<Issue> wanted) {
        return Bench.get(
                Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .concatMap(_ -> issueOf("C-1"))
                        .filter(wanted)
                        .next());
    }

    private Mono<Issue> issueOf(String camera) {
        return bench.alerting
                .issueDesk()
                .search(new cctvout.issue.IssueQuery(null, null, camera, 10, null))
                .flatMap(page -> Mono.justOrEmpty(page.items().stream().reduce((_, old) -> old)));
    }

    private void waitFor(AtomicInteger checks) {
        Bench.get(
                Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .filter(_ -> checks.get() > 0)
                        .next());
    }

    private AtomicInteger looks(Verdict verdict) {
        SteadyProbes probes = new SteadyProbes(verdict);
        running.add(bench.alerting.verifier().looks(probes, Mono.never()).subscribe());
        return probes.checks;
    }
}
