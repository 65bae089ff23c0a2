package cctvout.alerting;

import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.notification.Holds;
import cctvout.notification.Notification;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/**
 * A camera that comes and goes: each fault is in the log, few are told, each told is taken back.
 */
class FlappingTest {

    private Bench bench;
    private Flaps flaps;

    @BeforeEach
    void open() throws Exception {
        bench =
                new Bench(
                        BenchSettings.USUAL.with(
                                new FlapSettings(3, Duration.ofHours(1), Duration.ofHours(1))));
        flaps = new Flaps(bench);
        bench.camera("C-1", "L-17", "한빛");
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
        bench.start();
        for (int i = 0; i < 2; i++) {
            flaps.fail("C-1");
            flaps.sent(1);
            flaps.recover("C-1");
            flaps.sent(2);
        }
        flaps.fail("C-1");
        assertThat(flaps.sent(1).getFirst().text("text")).contains("장애와 복구를 반복", "최근 3회");
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
            flaps.recover("C-1");
            flaps.fail("C-1");
        }
        flaps.recover("C-1");
        assertThat(ofLatest(5)).as("nobody hears of those").noneMatch(one -> one.status() == SENT);
        assertThat(bench.issues()).hasSize(7).allMatch(one -> one.status().isOver());
        assertThat(bench.count("event_log where type = 'transition'"))
                .as("all of them in the log")
                .isEqualTo(14);
        assertThat(flaps.unsent())
                .extracting(Notification::issueId, Notification::recipientId, Notification::event)
                .containsExactlyInAnyOrder(
                        tuple(told.id(), "line-17", RECOVERED),
                        tuple(told.id(), "room", RECOVERED));
        assertThat(flaps.unsent()).allMatch(one -> one.holds().has(Holds.Reason.FLAPPING));

        flaps.calm(RECOVERED);
        flaps.heard(2)
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        flaps.eachToldIsTakenBackOnce("line-17", 3);
    }

    @Test
    void whereItStaysBadThatIsToldAndItsEndOnce() throws Exception {
        flaps.recover("C-1");
        flaps.fail("C-1");
        assertThat(flaps.unsent())
                .filteredOn(one -> one.event() == REMINDER)
                .singleElement()
                .satisfies(one -> assertThat(one.recipientId()).isEqualTo("line-17"));
        flaps.calm(REMINDER);
        assertThat(flaps.sent(1).getFirst().text("event")).isEqualTo("REMINDER");
        flaps.recover("C-1");
        flaps.calm(RECOVERED);
        flaps.heard(2)
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
        flaps.eachToldIsTakenBackOnce("line-17", 3);
    }

    @Test
    void whatAPersonClosesIsToldAtOnce() throws Exception {
        flaps.recover("C-1");
        flaps.fail("C-1");
        Bench.get(
                bench.alerting
                        .issueDesk()
                        .patch(
                                bench.issues().getFirst().id(),
                                new IssuePatch(IssueStatus.CANCELLED, null, null, null),
                                "kim"));
        assertThat(flaps.sent(2))
                .extracting(Receiver.Hook::path)
                .containsExactlyInAnyOrder("/line", "/room");
        flaps.eachToldIsTakenBackOnce("line-17", 3);
    }

    @Test
    void thatItStaysBadIsOwedToNobodyOnceItIsWellAgain() {
        flaps.recover("C-1");
        flaps.fail("C-1");
        flaps.recover("C-1");
        assertThat(flaps.unsent()).hasSize(2).allMatch(one -> one.event() == RECOVERED);
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == REMINDER)
                .extracting(Notification::status)
                .containsExactly(CANCELLED);
    }

    private List<Notification> ofLatest(int issues) {
        List<String> ids = bench.issues().stream().limit(issues - 1).map(Issue::id).toList();
        return bench.notifications().stream().filter(one -> ids.contains(one.issueId())).toList();
    }
}
