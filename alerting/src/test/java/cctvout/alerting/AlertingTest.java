package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
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

import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssueStatus;
import cctvout.notification.Notification;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** From a transition in the log to who is told. */
class AlertingTest {

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

    private void parties() {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("hanbit", CAMERA_VENDOR, List.of("한빛"), bench.webhook("/vendor"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
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
}
