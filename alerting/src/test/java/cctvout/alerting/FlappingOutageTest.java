package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.notification.Holds;
import cctvout.notification.Notification;
import cctvout.outage.Outage;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** A line that comes and goes as a whole, and cameras that do so while it is down. */
class FlappingOutageTest {

    private static final String[] LINE = {"C-1", "C-2", "C-3"};
    private static final String[] ALL = {"C-1", "C-2", "C-3", "C-4", "C-5"};
    private static final String[] SITE = {"C-1", "C-2", "C-3", "D-1", "D-2"};
    private static final Tuple[] ENDS = {tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED")};

    private Bench bench;
    private Flaps flaps;

    @BeforeEach
    void open() {
        bench =
                new Bench(
                        BenchSettings.USUAL
                                .with(new FlapSettings(3, Duration.ofHours(1), Duration.ofHours(1)))
                                .with(BenchSettings.outagesOf(3)));
        flaps = new Flaps(bench);
        for (int i = 1; i <= 5; i++) {
            bench.camera("C-" + i, "L-17", "한빛");
        }
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17", "L-18"), bench.webhook("/line"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
        bench.start();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** The third time, as it is told. */
    private Outage flapping() throws Exception {
        for (int i = 0; i < 2; i++) {
            flaps.fail(LINE);
            assertThat(flaps.sent(1).getFirst().text("text")).doesNotContain("반복");
            flaps.recover(LINE);
            flaps.heard(2).containsExactlyInAnyOrder(ENDS);
        }
        flaps.fail(LINE);
        Receiver.Hook told = flaps.sent(1).getFirst();
        assertThat(told.path()).isEqualTo("/line");
        assertThat(told.text("text")).contains("L-17", "3대", "장애와 복구를 반복", "최근 3회");
        return bench.outages().getFirst();
    }

    @Test
    void aLineIsToldOnceUntilItHasBeenWellForAWhile() throws Exception {
        Outage told = flapping();
        assertThat(told.isFlapping()).isTrue();
        assertThat(bench.outages().get(1).isFlapping()).isFalse();
        for (int i = 0; i < 4; i++) {
            flaps.recover(LINE);
            flaps.fail(LINE);
        }
        flaps.recover(LINE);
        assertThat(bench.outages()).hasSize(7).allMatch(one -> one.resolvedAt() != null);
        List<String> later = bench.outages().stream().limit(4).map(Outage::id).toList();
        assertThat(bench.notifications())
                .as("nobody hears of those")
                .filteredOn(one -> later.contains(one.outageId()))
                .noneMatch(one -> one.status() == SENT);
        assertThat(flaps.unsent())
                .extracting(Notification::outageId, Notification::recipientId, Notification::event)
                .containsExactlyInAnyOrder(
                        tuple(told.id(), "line-17", RECOVERED),
                        tuple(told.id(), "room", RECOVERED));
        assertThat(flaps.unsent()).allMatch(one -> one.holds().has(Holds.Reason.FLAPPING));

        flaps.calm(RECOVERED);
        flaps.heard(2).containsExactlyInAnyOrder(ENDS);
        flaps.eachToldIsTakenBackOnce("line-17", 3);
    }

    @Test
    void whereItStaysDownThatIsToldWithAllOfItAndItsEndOnce() throws Exception {
        flapping();
        flaps.recover(LINE);
        flaps.fail(LINE);
        flaps.fail("C-4", "C-5");
        assertThat(flaps.unsent())
                .filteredOn(one -> one.event() == REMINDER)
                .singleElement()
                .satisfies(one -> assertThat(one.recipientId()).isEqualTo("line-17"));
        flaps.calm(REMINDER);
        Receiver.Hook stays = flaps.sent(1).getFirst();
        assertThat(stays.text("event")).isEqualTo("REMINDER");
        assertThat(stays.text("text")).contains("L-17", "5대");
        flaps.recover(ALL);
        flaps.calm(RECOVERED);
        flaps.heard(2).containsExactlyInAnyOrder(ENDS);
        flaps.eachToldIsTakenBackOnce("line-17", 3);
    }

    private void flappingAtASite() throws Exception {
        bench.camera("D-1", "L-18", "한빛");
        bench.camera("D-2", "L-18", "한빛");
        bench.run("update camera set site = 'S-1'");
        flapping();
    }

    /** Its end is told at once, the line's when that is calm. */
    private void theSiteIsWell() throws Exception {
        flaps.recover(SITE);
        flaps.heard(2).as("of the site").containsExactlyInAnyOrder(ENDS);
        flaps.calm(RECOVERED);
        flaps.heard(2).as("of the line").containsExactlyInAnyOrder(ENDS);
        flaps.eachToldIsTakenBackOnce("line-17", 4);
    }

    @Test
    void itsSiteIsToldAtOnceAndNoEndIsForgotten() throws Exception {
        flappingAtASite();
        flaps.recover(LINE);
        flaps.fail(LINE);
        flaps.fail("D-1", "D-2");
        Receiver.Hook site = flaps.sent(1).getFirst();
        assertThat(site.path()).isEqualTo("/line");
        assertThat(site.text("text")).contains("국사 S-1", "5대").doesNotContain("반복");
        theSiteIsWell();
    }

    @Test
    void norIsTheEndOfALineToldWhileItIsDownWithItsSite() throws Exception {
        flappingAtASite();
        flaps.recover(LINE);
        flaps.fail(SITE);
        assertThat(flaps.sent(1).getFirst().text("text")).contains("국사 S-1", "5대");
        assertThat(flaps.unsent())
                .hasSize(2)
                .allMatch(one -> one.holds().has(Holds.Reason.FAILED_AGAIN));
        theSiteIsWell();
    }

    /** The third time, as it is told, and over again. */
    private void flapsAlone() throws Exception {
        for (int i = 0; i < 2; i++) {
            flaps.fail("C-1");
            flaps.sent(1);
            flaps.recover("C-1");
            flaps.sent(2);
        }
        flaps.fail("C-1");
        assertThat(flaps.sent(1).getFirst().text("text")).contains("최근 3회");
        flaps.recover("C-1");
    }

    @Test
    void aFlappingCameraThatIsOneOfAnOutageHasItsOwnEndToldOnceAndLater() throws Exception {
        flapsAlone();
        flaps.fail(ALL);
        flaps.heard(1).containsExactly(tuple("/line", "OPENED"));
        flaps.recover("C-1");
        flaps.fail("C-1");
        flaps.recover(ALL);
        flaps.heard(2).as("of the outage").containsExactlyInAnyOrder(ENDS);
        assertThat(flaps.unsent())
                .as("of the camera, when it is calm")
                .hasSize(2)
                .allMatch(one -> one.event() == RECOVERED && one.cameraId() != null);
        flaps.calm(RECOVERED);
        flaps.heard(2).containsExactlyInAnyOrder(ENDS);
        flaps.eachToldIsTakenBackOnce("line-17", 4);
    }

    @Test
    void oneThatWasToldAndStillIsDownJoinsTheOthers() throws Exception {
        flapsAlone();
        flaps.calm(RECOVERED);
        flaps.sent(2);
        flaps.fail("C-1");
        assertThat(flaps.sent(1).getFirst().text("text")).contains("최근 4회");
        flaps.fail("C-2", "C-3");
        flaps.heard(1).containsExactly(tuple("/line", "OPENED"));
        flaps.recover(LINE);
        flaps.heard(2).as("of the outage").containsExactlyInAnyOrder(ENDS);
        flaps.calm(RECOVERED);
        flaps.heard(2).as("of the camera").containsExactlyInAnyOrder(ENDS);
        flaps.eachToldIsTakenBackOnce("line-17", 5);
    }

    @Test
    void oneThatFlapsOnWhenItsOutageEndsIsNotToldAnew() throws Exception {
        flapsAlone();
        flaps.fail(ALL);
        flaps.heard(1).containsExactly(tuple("/line", "OPENED"));
        flaps.recover("C-1");
        flaps.fail("C-1");
        flaps.recover("C-2", "C-3", "C-4", "C-5");
        assertThat(flaps.sent(2)).allMatch(one -> one.text("text").contains("(C-1)"));
        assertThat(bench.outages().getFirst().resolvedAt()).isNotNull();
        assertThat(flaps.unsent())
                .as("what says that it stays down, when it has for a while")
                .filteredOn(one -> one.event() != RECOVERED)
                .extracting(Notification::event, Notification::recipientId)
                .containsExactly(tuple(REMINDER, "line-17"));
        flaps.recover("C-1");
        flaps.fail("C-1");
        flaps.recover("C-1");
        flaps.calm(RECOVERED);
        flaps.heard(2).containsExactlyInAnyOrder(ENDS);
        flaps.eachToldIsTakenBackOnce("line-17", 4);
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == OPENED && one.status() == SENT)
                .hasSize(4);
    }
}
