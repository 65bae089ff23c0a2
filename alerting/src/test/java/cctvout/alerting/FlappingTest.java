package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.notification.Holds;
import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;

import java.time.Duration;
import java.util.List;

/**
 * A camera that comes and goes: each fault is in the log, few are told, each told is taken back.
 */
class FlappingTest {

    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = Bench.flapping(new FlapSettings(3, Duration.ofHours(1), Duration.ofHours(1)));
        bench.camera("C-1", "L-17", "한빛");
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
        bench.start();
        for (int i = 0; i < 2; i++) {
            fail();
            sent(1);
            recover();
            sent(2);
        }
        fail();
        assertThat(sent(1).getFirst().text("text")).contains("장애와 복구를 반복", "최근 3회");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void itIsToldOnceUntilItHasBeenWellForAWhile() throws Exception {
        Issue told = bench.issues().getFirst();
        assertThat(told.isFlapping()).isTrue();
        for (int i = 0; i < 4; i++) {
            recover();
            fail();
        }
        recover();
        assertThat(ofLatest(5)).as("nobody hears of those").noneMatch(one -> one.status() == SENT);
        assertThat(bench.issues()).hasSize(7).allMatch(one -> one.status().isOver());
        assertThat(bench.count("event_log where type = 'transition'"))
                .as("all of them in the log")
                .isEqualTo(14);
        assertThat(unsent())
                .extracting(Notification::issueId, Notification::recipientId, Notification::event)
                .containsExactlyInAnyOrder(
                        tuple(told.id(), "line-17", RECOVERED),
                        tuple(told.id(), "room", RECOVERED));
        assertThat(unsent()).allMatch(one -> one.holds().has(Holds.Reason.FLAPPING));

        calm(RECOVERED);
        assertThat(sent(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        eachToldIsTakenBackOnce();
    }

    @Test
    void whereItStaysBadThatIsToldAndItsEndOnce() throws Exception {
        recover();
        fail();
        assertThat(unsent())
                .filteredOn(one -> one.event() == REMINDER)
                .singleElement()
                .satisfies(one -> assertThat(one.recipientId()).isEqualTo("line-17"));
        calm(REMINDER);
        assertThat(sent(1).getFirst().text("event")).isEqualTo("REMINDER");
        recover();
        calm(RECOVERED);
        assertThat(sent(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        eachToldIsTakenBackOnce();
    }

    @Test
    void whatAPersonClosesIsToldAtOnce() throws Exception {
        recover();
        fail();
        Bench.get(
                bench.alerting
                        .issueDesk()
                        .patch(
                                bench.issues().getFirst().id(),
                                new IssuePatch(IssueStatus.CANCELLED, null, null, null),
                                "kim"));
        assertThat(sent(2))
                .extracting(Receiver.Hook::path)
                .containsExactlyInAnyOrder("/line", "/room");
        eachToldIsTakenBackOnce();
    }

    @Test
    void whereItIsOneOfAnOutageMeanwhileItsOwnEndIsNotToldBefore() {
        recover();
        fail();
        recover();
        assertThat(unsent()).hasSize(2).allMatch(one -> one.event() == RECOVERED);
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == REMINDER)
                .extracting(Notification::status)
                .containsExactly(CANCELLED);
    }

    private void eachToldIsTakenBackOnce() {
        bench.until(all -> all.stream().noneMatch(one -> one.status() == CREATED));
        List<Notification> line =
                bench.notifications().stream()
                        .filter(one -> one.recipientId().equals("line-17"))
                        .filter(one -> one.status() == SENT)
                        .toList();
        assertThat(issues(line, OPENED)).hasSize(3).doesNotHaveDuplicates();
        assertThat(issues(line, RECOVERED))
                .containsExactlyInAnyOrderElementsOf(issues(line, OPENED));
    }

    private static List<String> issues(List<Notification> all, NotificationEvent event) {
        return all.stream()
                .filter(one -> one.event() == event)
                .map(one -> String.valueOf(one.issueId()))
                .toList();
    }

    /** So long it has been as it is. */
    private void calm(NotificationEvent event) {
        bench.run(
                "update notification set next_at = now(), held_until = now() where event = '"
                        + event
                        + "' and next_at is not null");
    }

    private List<Notification> unsent() {
        return bench.notifications().stream().filter(one -> one.status() == CREATED).toList();
    }

    private List<Notification> ofLatest(int issues) {
        List<String> ids = bench.issues().stream().limit(issues - 1).map(Issue::id).toList();
        return bench.notifications().stream().filter(one -> ids.contains(one.issueId())).toList();
    }

    private void fail() {
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        read();
    }

    private void recover() {
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        read();
    }

    /** Alerting has read all of the log. */
    private void read() {
        String unread =
                "event_log where type = 'transition' and seq >"
                        + " (select seq from log_cursor where consumer = 'alerting')";
        Bench.get(
                Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .concatMap(_ -> bench.counted(unread))
                        .filter(left -> left == 0)
                        .next());
    }

    private List<Receiver.Hook> sent(int hooks) throws Exception {
        List<Receiver.Hook> came = bench.receiver.next(hooks);
        bench.until(
                all ->
                        all.stream()
                                .filter(one -> one.heldUntil() == null)
                                .noneMatch(one -> one.status() == CREATED));
        return came;
    }
}
