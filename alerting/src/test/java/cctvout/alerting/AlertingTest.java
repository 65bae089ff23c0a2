package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.FAILED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CAMERA_VENDOR;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;
import static cctvout.status.Verdict.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.ImpossibleStepException;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.issue.TimelineEntry;
import cctvout.notification.NotResendableException;
import cctvout.notification.Notification;
import cctvout.notification.UnsentOpened;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientExistsException;
import cctvout.recipient.Secret;
import cctvout.recipient.StaleRecipientException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class AlertingTest {

    private static final String NOT_ALLOWED =
            "address not allowed by cctvout.notification.allowed-networks";

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench();
        bench.camera("C-1", "L-17", "한빛");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void parties() {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("hanbit", CAMERA_VENDOR, List.of("한빛"), bench.webhook("/vendor"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
    }

    @Test
    void lineFaultIsToldToTheLineOperatorAloneAndSigned() throws Exception {
        parties();
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);

        Receiver.Hook hook = bench.receiver.next();
        assertThat(hook.path()).isEqualTo("/line");
        assertThat(hook.text("event")).isEqualTo("OPENED");
        assertThat(hook.text("recipientId")).isEqualTo("line-17");
        assertThat(hook.json().at("/issue/kind").asString()).isEqualTo("LINE");
        assertThat(hook.json().at("/issue/evidence/icmp/status").asString()).isEqualTo("TIMEOUT");
        assertThat(hook.json().at("/camera/line").asString()).isEqualTo("L-17");
        assertThat(hook.text("text")).contains("터미널 앞 (C-1)", "핑 4/4 무응답, 영상: 연결 시간 초과");
        assertThat(hook.header("Webhook-Id")).isEqualTo(hook.text("id"));
        assertThat(hook.header("Webhook-Signature")).isEqualTo(signature(hook));

        List<Notification> sent =
                bench.until(all -> all.stream().allMatch(n -> n.status() == SENT));
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().id()).isEqualTo(hook.text("id"));
        assertThat(bench.receiver.rest()).isEmpty();
        assertThat(bench.count("event_log where type = 'issue'")).isEqualTo(1);
        assertThat(bench.count("event_log where type = 'notification'")).isEqualTo(2);
        assertThat(
                        bench.meters
                                .get("cctvout.notification.delivery")
                                .tags("channel", "webhook", "outcome", "sent")
                                .timer()
                                .count())
                .isEqualTo(1);
    }

    private static String signature(Receiver.Hook hook) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(Bench.SECRET.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed =
                hook.header("Webhook-Id")
                        + "."
                        + hook.header("Webhook-Timestamp")
                        + "."
                        + hook.body();
        return "v1,"
                + Base64.getEncoder()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void recoveryIsToldToWhoWasToldAndToTheControlRoomOnceEach() throws Exception {
        parties();
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        assertThat(bench.receiver.next().text("event")).isEqualTo("OPENED");
        bench.until(all -> all.stream().allMatch(n -> n.status() == SENT));
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        bench.until(all -> all.size() == 3 && all.stream().allMatch(n -> n.status() == SENT));
        assertThat(bench.receiver.rest()).isEmpty();
        Issue issue = bench.issues().getFirst();
        assertThat(issue.status()).isEqualTo(IssueStatus.RESOLVED);
        assertThat(issue.resolution()).isEqualTo("RECOVERED");
    }

    @Test
    void controlRoomThatWasToldIsToldOfTheEndOnce() {
        bench.recipient("room", CONTROL_ROOM, List.of());
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        assertThat(bench.consume()).isEqualTo(2);
        assertThat(bench.notifications())
                .extracting(Notification::recipientId, Notification::event, Notification::status)
                .containsExactly(tuple("room", RECOVERED, SENT), tuple("room", OPENED, SENT));
    }

    @Test
    void faultThatBecomesAnotherPartysIsTakenBackAndToldToThatParty() throws Exception {
        parties();
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.until(all -> all.size() == 1 && all.getFirst().status() == SENT);
        bench.turns("C-1", LINE_FAULT, CAMERA_FAULT);
        bench.until(all -> all.size() == 4 && all.stream().allMatch(n -> n.status() == SENT));
        assertThat(bench.receiver.rest())
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "OPENED"),
                        tuple("/line", "RECOVERED"),
                        tuple("/room", "RECOVERED"),
                        tuple("/vendor", "OPENED"));
        assertThat(bench.issues())
                .extracting(Issue::kind, Issue::status, Issue::resolution)
                .containsExactly(
                        tuple(IssueKind.CAMERA, IssueStatus.OPEN, null),
                        tuple(IssueKind.LINE, IssueStatus.RESOLVED, "BECAME_CAMERA"));
    }

    @Test
    void cameraNoLongerCheckedCancelsItsIssueAndThoseToldAreTold() {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        Bench.get(
                bench.database
                        .client()
                        .sql("update camera set removed = true")
                        .fetch()
                        .rowsUpdated());
        bench.turns("C-1", LINE_FAULT, UNKNOWN);
        bench.consume();
        assertThat(bench.issues().getFirst().status()).isEqualTo(IssueStatus.CANCELLED);
        assertThat(bench.notifications())
                .filteredOn(notification -> notification.event() == RECOVERED)
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "control-room");
        assertThat(bench.notifications().getFirst().text()).startsWith("[취소] 터미널 앞 (C-1)");
    }

    @Test
    void sameTransitionsReadAgainChangeNothing() {
        parties();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.turns("C-1", HEALTHY, CAMERA_FAULT);
        bench.consume();
        List<Notification> before = bench.notifications();
        List<Issue> issues = bench.issues();
        long events = bench.count("event_log");
        Bench.get(
                bench.database.client().sql("update log_cursor set seq = 0").fetch().rowsUpdated());
        assertThat(bench.consume()).isEqualTo(3);
        assertThat(bench.notifications()).isEqualTo(before);
        assertThat(bench.issues()).isEqualTo(issues);
        assertThat(bench.count("event_log")).isEqualTo(events);
    }

    @Test
    void twoReadersAtOnceHandleEachTransitionOnce() {
        parties();
        for (int i = 2; i < 40; i++) {
            bench.camera("C-" + i, "L-17", "한빛");
            bench.turns("C-" + i, HEALTHY, LINE_FAULT);
        }
        int handled =
                Bench.get(
                        Mono.zip(
                                bench.alerting.consumer().batch(),
                                bench.alerting.consumer().batch(),
                                Integer::sum));
        assertThat(handled).isEqualTo(38);
        assertThat(bench.issues()).hasSize(38);
    }

    @Test
    void databaseHoldsOneUnresolvedIssueACamera() {
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        StepVerifier.create(
                        bench.database
                                .client()
                                .sql(
                                        "insert into issue (id, camera_id, kind, status, severity,"
                                                + " opened_at, reason, evidence, timeline,"
                                                + " opened_seq) select 'x', camera_id, kind,"
                                                + " 'IN_PROGRESS', severity, opened_at, reason,"
                                                + " evidence, timeline, 99 from issue")
                                .then())
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(DuplicateKeyException.class)
                                        .hasMessageContaining("issue_unresolved"))
                .verify(Bench.SOON);
    }

    @Test
    void failingWebhookIsTriedQuicklyThenFailedThenSentUnderTheSameId() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        bench.receiver.answer("/line", _ -> Mono.just(well.get() ? 204 : 500));
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        // the control room reads what the operator's channel did not take
        List<Notification> told =
                bench.until(all -> all.size() == 2 && all.getLast().status() == FAILED);
        assertThat(told.getFirst().recipientId()).isEqualTo("control-room");
        assertThat(told.getFirst().escalatedFrom()).isEqualTo(told.getLast().id());
        assertThat(told.getFirst().text())
                .startsWith("[전달 실패] line-17 · 웹훅: HTTP 500")
                .contains("터미널 앞 (C-1)");
        Notification failed = told.getLast();
        assertThat(failed.attempts()).isGreaterThanOrEqualTo(3);
        assertThat(failed.lastError()).isEqualTo("HTTP 500");
        well.set(true);
        Notification sent = bench.until(all -> all.getLast().status() == SENT).getLast();
        assertThat(sent.attempts()).isGreaterThan(3);
        assertThat(sent.lastError()).isNull();
        List<Receiver.Hook> hooks = bench.receiver.rest();
        assertThat(hooks).hasSize(sent.attempts());
        assertThat(hooks).extracting(hook -> hook.header("Webhook-Id")).containsOnly(sent.id());
        assertThat(hooks.get(1).nanos() - hooks.get(0).nanos())
                .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void openedThatWasNeverSentIsMergedWithItsEnd() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        bench.receiver.answer("/line", _ -> Mono.just(well.get() ? 200 : 503));
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        well.set(true);
        bench.start();
        Receiver.Hook hook = bench.receiver.next();
        assertThat(hook.text("event")).isEqualTo("RECOVERED");
        assertThat(hook.text("text")).contains("장애와 함께 알림", "핑 4/4 무응답", "정상으로 돌아왔습니다");
        assertThat(bench.notifications())
                .extracting(Notification::event, Notification::status)
                .contains(tuple(OPENED, CANCELLED));
    }

    @Test
    void recoveredWaitsForItsOpenedThatIsBeingSent() throws Exception {
        reactor.core.publisher.Sinks.One<Integer> answer = reactor.core.publisher.Sinks.one();
        bench.receiver.answer("/line", _ -> answer.asMono());
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        assertThat(bench.receiver.next().text("event")).isEqualTo("OPENED");
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        List<Notification> both = bench.until(all -> all.size() == 3);
        assertThat(both)
                .filteredOn(notification -> notification.recipientId().equals("line-17"))
                .extracting(Notification::event, Notification::status)
                .containsExactly(tuple(RECOVERED, CREATED), tuple(OPENED, CREATED));
        assertThat(bench.receiver.rest()).isEmpty();
        answer.tryEmitValue(200);
        Receiver.Hook next = bench.receiver.next();
        assertThat(next.text("event")).isEqualTo("RECOVERED");
        assertThat(next.text("text")).doesNotContain("함께 알림");
    }

    @Test
    void deadWebhookDelaysNeitherTheInboxNorAnotherWebhook() throws Exception {
        bench.receiver.answer("/dead", _ -> Mono.never());
        bench.recipient(
                "line-17",
                LINE_OPERATOR,
                List.of("L-17"),
                bench.webhook("/dead"),
                new RecipientChannel.Inbox());
        bench.recipient("other", LINE_OPERATOR, List.of("L-18"), bench.webhook("/well"));
        bench.start();
        for (int i = 2; i < 30; i++) {
            bench.camera("C-" + i, "L-17", "한빛");
            bench.turns("C-" + i, HEALTHY, LINE_FAULT);
        }
        bench.until(all -> all.stream().anyMatch(n -> n.attempts() > 0 && n.status() != SENT));
        bench.camera("C-99", "L-18", "한빛");
        long begun = System.nanoTime();
        bench.turns("C-99", HEALTHY, LINE_FAULT);
        Receiver.Hook hook = bench.receiver.next();
        while (!hook.path().equals("/well")) {
            hook = bench.receiver.next();
        }
        // a dead channel holds a try for the deadline, 1 s; the poll of the log is 1 s
        assertThat(Duration.ofNanos(hook.nanos() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(Bench.get(bench.alerting.inbox().unreadCount("line-17"))).isEqualTo(28);
    }

    @Test
    void redirectIsNotFollowedAndAnAddressIsJudgedAtConnect() {
        bench.receiver.answer("/line", _ -> Mono.just(302));
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.until(all -> all.size() == 1 && "HTTP 302".equals(all.getFirst().lastError()));
        assertThat(bench.receiver.rest()).extracting(Receiver.Hook::path).containsOnly("/line");
    }

    @Test
    void addressThatIsNotAllowedIsNeverConnectedTo() {
        bench.recipient(
                "line-17",
                LINE_OPERATOR,
                List.of("L-17"),
                new RecipientChannel.Slack(
                        new Secret("http://10.255.0.1:9000/services/T0/B0/geheim")));
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        // the first try may run out of time while all is still being loaded
        bench.until(all -> all.size() == 1 && all.getFirst().attempts() > 1);
        Notification failed = bench.notifications().getFirst();
        assertThat(failed.lastError()).isEqualTo(NOT_ALLOWED);
        assertThat(failed.toString()).doesNotContain("geheim");
    }

    @Test
    void slackGetsTheTextAlone() throws Exception {
        bench.recipient(
                "line-17",
                LINE_OPERATOR,
                List.of("L-17"),
                new RecipientChannel.Slack(new Secret(bench.receiver.url("/services/T0"))));
        bench.start();
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        Receiver.Hook hook = bench.receiver.next();
        assertThat(hook.json().propertyNames()).containsExactly("text");
        assertThat(hook.text("text")).startsWith("[회선 장애]");
    }

    @Test
    void closedByHandIsTakenBackAndTheFaultsOwnEndIsNotTold() {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        String id = bench.issues().getFirst().id();
        IssueDesk desk = bench.alerting.issueDesk();
        assertThat(Bench.get(desk.countUnresolved())).isEqualTo(1);
        Bench.get(desk.patch(id, new IssuePatch(IssueStatus.IN_PROGRESS, "김", null, null), "a"));
        assertThat(bench.notifications()).hasSize(1);
        Issue closed =
                Bench.get(
                        desk.patch(
                                id, new IssuePatch(IssueStatus.RESOLVED, null, null, null), "a"));
        assertThat(closed.endedSeq()).isNull();
        assertThat(bench.notifications()).hasSize(3);
        assertThat(bench.notifications())
                .filteredOn(notification -> notification.event() == RECOVERED)
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "control-room");
        StepVerifier.create(
                        desk.patch(
                                id, new IssuePatch(IssueStatus.IN_PROGRESS, null, null, null), "a"))
                .expectError(ImpossibleStepException.class)
                .verify(Bench.SOON);

        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications()).hasSize(3);
        Issue ended = Bench.get(desk.find(id));
        assertThat(ended.endedSeq()).isNotNull();
        assertThat(ended.timeline().getLast().step()).isEqualTo(TimelineEntry.Step.FAULT_ENDED);
        assertThat(Bench.get(desk.countUnresolved())).isZero();
    }

    @Test
    void inboxIsReadAndResendFollowsItsRules() {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        var inbox = bench.alerting.inbox();
        Notification notice = Bench.get(inbox.list("line-17", true, 10, null)).items().getFirst();
        assertThat(Bench.get(inbox.markRead(notice.id())).readAt()).isNotNull();
        assertThat(Bench.get(inbox.unreadCount("line-17"))).isZero();
        assertThat(Bench.get(bench.alerting.notificationDesk().resend(notice.id())).id())
                .isEqualTo(notice.id());
        assertThat(Bench.get(inbox.unreadCount("line-17"))).isEqualTo(1);
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        StepVerifier.create(bench.alerting.notificationDesk().resend(notice.id()))
                .expectError(NotResendableException.class)
                .verify(Bench.SOON);
        StepVerifier.create(bench.alerting.notificationDesk().resend("nobody"))
                .expectComplete()
                .verify(Bench.SOON);
    }

    @Test
    void recipientsAreKeptWithVersionsAndRemovedWithWhatTheyAreOwed() {
        var recipients = bench.alerting.recipients();
        var stored =
                bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        assertThat(stored.version()).isEqualTo(1);
        StepVerifier.create(recipients.create(stored))
                .expectError(RecipientExistsException.class)
                .verify(Bench.SOON);
        var masked =
                new cctvout.recipient.Recipient(
                        "line-17",
                        "회선 담당",
                        LINE_OPERATOR,
                        cctvout.recipient.Language.EN,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                new RecipientChannel.Webhook(
                                        bench.receiver.url("/line"), new Secret(Secret.MASK))),
                        true,
                        0);
        var changed = Bench.get(recipients.update(masked, OptionalLong.of(1)));
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.channels()).isEqualTo(stored.channels());
        assertThat(Bench.get(recipients.find("line-17"))).isEqualTo(changed);
        StepVerifier.create(recipients.update(masked, OptionalLong.of(1)))
                .expectError(StaleRecipientException.class)
                .verify(Bench.SOON);
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(
                        Bench.get(
                                bench.alerting
                                        .notificationDesk()
                                        .removeRecipient("line-17", OptionalLong.empty())))
                .isTrue();
        assertThat(bench.notifications())
                .extracting(Notification::status, Notification::lastError)
                .containsExactly(tuple(CANCELLED, "recipient removed"));
        assertThat(Bench.get(recipients.all())).isEmpty();
    }

    @Test
    void settingCancelsBothWhereOpenedWasNeverSent() {
        try (Bench other = new Bench(Bench.settings(UnsentOpened.CANCEL))) {
            other.camera("C-1", "L-17", "한빛");
            other.recipient("line-17", LINE_OPERATOR, List.of("L-17"), other.webhook("/line"));
            other.turns("C-1", HEALTHY, LINE_FAULT);
            other.turns("C-1", LINE_FAULT, HEALTHY);
            other.consume();
            assertThat(other.notifications())
                    .filteredOn(notification -> notification.recipientId().equals("line-17"))
                    .extracting(Notification::event, Notification::status)
                    .containsExactly(tuple(RECOVERED, CANCELLED), tuple(OPENED, CANCELLED));
        }
    }
}
