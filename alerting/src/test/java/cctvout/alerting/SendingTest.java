package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.FAILED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.notification.Notification;
import cctvout.notification.UnsentOpened;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What becomes of a notice on its way. */
class SendingTest {

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
                .startsWith("[전달 실패] line-17 · 웹훅: 받는 쪽 서버가 받지 않음(HTTP 500)\n")
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
                .extracting(Notification::event, Notification::status, Notification::lastError)
                .contains(tuple(OPENED, CANCELLED, "over before it was told"));
    }

    @Test
    void settingCancelsBothWhereOpenedWasNeverSent() {
        try (Bench other =
                new Bench(BenchSettings.USUAL.with(BenchSettings.notices(UnsentOpened.CANCEL)))) {
            other.camera("C-1", "L-17", "한빛");
            other.recipient("line-17", LINE_OPERATOR, List.of("L-17"), other.webhook("/line"));
            other.turns("C-1", HEALTHY, LINE_FAULT);
            other.turns("C-1", LINE_FAULT, HEALTHY);
            other.consume();
            assertThat(other.notifications())
                    .filteredOn(notification -> notification.recipientId().equals("line-17"))
                    .extracting(Notification::event, Notification::status, Notification::lastError)
                    .containsExactly(
                            tuple(RECOVERED, CANCELLED, "over before it was told"),
                            tuple(OPENED, CANCELLED, "over before it was told"));
        }
    }

    @Test
    void recoveredWaitsForItsOpenedThatIsBeingSent() throws Exception {
        Sinks.One<Integer> answer = Sinks.one();
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
        // a dead channel holds each of 28 tries for the deadline, 1 s
        assertThat(Duration.ofNanos(hook.nanos() - begun)).isLessThan(Duration.ofSeconds(20));
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
}
