package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.issue.Issue;
import cctvout.notification.Notification;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/** What is told of outages of cameras that somebody works on, and when. */
class MaintenanceOutagesTest extends MaintenanceCase {

    @Test
    void anOutageOfCamerasUnderMaintenanceIsOneNoticeThatIsHeld() throws Exception {
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        fail(1, 2, 3, 4);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::event, one -> one.outageId() != null, this::isHeld)
                .containsExactly(tuple(OPENED, true, true));
        Instant sooner = LATER.minusSeconds(60);
        window("w", "{\"lines\":[\"L-17\"]}", sooner);
        assertThat(heldUntil()).isEqualTo(sooner);
        bench.start();
        nothingButTheOther();
        remove("w");
        assertThat(bench.receiver.next().text("text")).contains("C-1", "C-4");
    }

    @Test
    void anOutageThatWasOverBeforeTheWorkWasIsToldToNobody() {
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        fail(1, 2, 3);
        bench.consume();
        recover(1, 2, 3);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::event, Notification::status)
                .containsExactly(tuple(OPENED, CANCELLED));
    }

    @Test
    void anOutageThatWasToldAndEndsInTheWorkIsToldWhenThatIsOver() throws Exception {
        fail(1, 2, 3); // read at once, or the first is told singly before the others are read
        bench.start();
        bench.until(all -> all.stream().anyMatch(one -> one.outageId() != null));
        bench.until(all -> all.stream().noneMatch(one -> one.status() == CREATED));
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
        bench.receiver.rest();
        recover(1, 2, 3);
        assertThat(bench.until(all -> all.stream().anyMatch(one -> one.event() == RECOVERED)))
                .filteredOn(one -> one.event() == RECOVERED)
                .allMatch(this::isHeld);
        nothingButTheOther();
        remove("w");
        theEndIsTold();
    }

    @Test
    void anOutageThatReturnsInTheWorkIsOneOutageForWhoWasTold() throws Exception {
        toldOfAnOutage();
        for (int i = 0; i < 2; i++) {
            recover(1, 2, 3);
            bench.consume();
            fail(1, 2, 3);
            bench.consume();
        }
        assertThat(bench.count("outage")).isEqualTo(3);
        bench.start();
        remove("w");
        nothingButTheOther();

        recover(1, 2, 3);
        theEndIsTold();
        bench.until(all -> all.stream().noneMatch(one -> one.status() == CREATED));
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() == SENT)
                .extracting(Notification::recipientId, Notification::event)
                .containsExactlyInAnyOrder(
                        tuple("line-17", OPENED),
                        tuple("line-17", RECOVERED),
                        tuple("room", RECOVERED));
        assertThat(bench.receiver.rest()).isEmpty();
    }

    @Test
    void anOutageThatReturnedAndEndedInTheWorkIsToldOnceWhenThatIsOver() throws Exception {
        toldOfAnOutage();
        recover(1, 2, 3);
        bench.consume();
        fail(1, 2, 3);
        bench.consume();
        recover(1, 2, 3);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .hasSize(2)
                .allMatch(this::isHeld);
        bench.start();
        remove("w");
        theEndIsTold();
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        assertThat(bench.receiver.rest()).isEmpty();
    }

    @Test
    void anOutageTellsOfThoseThatNobodyWorksOn() {
        window("w", "{\"cameras\":[\"C-1\",\"C-2\"]}", LATER);
        fail(1, 2, 3, 4, 5);
        bench.consume();
        Notification told = bench.notifications().getFirst();
        assertThat(bench.notifications()).hasSize(1);
        assertThat(told.heldUntil()).isNull();
        assertThat(told.text()).contains("C-3", "C-4", "C-5").doesNotContain("C-1", "C-2");
        assertThat(bench.issues()).extracting(Issue::outageId).containsOnly(told.outageId());
    }

    @Test
    void camerasUnderMaintenanceMakeNoOutageOfOthers() {
        window("w", "{\"cameras\":[\"C-1\",\"C-2\",\"C-3\"]}", LATER);
        fail(1, 2, 3, 4, 5);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::cameraId, one -> one.outageId() != null, this::isHeld)
                .containsExactlyInAnyOrder(
                        tuple(null, true, true),
                        tuple("C-4", false, false),
                        tuple("C-5", false, false));
        fail(6);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.cameraId() == null)
                .singleElement()
                .satisfies(one -> assertThat(one.heldUntil()).isNull());
        assertThat(about("C-4")).allMatch(one -> one.status() == CANCELLED);
    }

    @Test
    void aChangedWindowTimesAnOutageByAllThatItTellsOf() {
        Instant week = LATER.plus(Duration.ofDays(7));
        window("w1", "{\"cameras\":[\"C-1\",\"C-2\",\"C-3\"]}", LATER);
        window("w2", "{\"cameras\":[\"C-4\"]}", week);
        fail(1, 2, 3);
        bench.consume();
        fail(4);
        bench.consume();
        assertThat(heldUntil()).isEqualTo(LATER);
        window("more", "{\"cameras\":[\"D-1\"]}", LATER);
        assertThat(heldUntil()).isEqualTo(LATER);
        remove("w1");
        assertThat(bench.notifications())
                .singleElement()
                .satisfies(one -> assertThat(one.heldUntil()).isNull());
    }

    @Test
    void aChangedWindowTimesAnEndByThoseThatAreWell() {
        fail(1, 2, 3);
        bench.consume();
        bench.start();
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        bench.stop();
        window("w", "{\"cameras\":[\"C-1\",\"C-2\"]}", LATER);
        recover(1, 2);
        bench.consume();
        window("more", "{\"cameras\":[\"D-1\"]}", LATER);
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .hasSize(2)
                .allMatch(this::isHeld);
        remove("w");
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .allMatch(one -> one.heldUntil() == null);
    }

    private void toldOfAnOutage() throws Exception {
        fail(1, 2, 3);
        bench.consume();
        bench.start();
        assertThat(bench.receiver.next().text("event")).isEqualTo("OPENED");
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        bench.stop();
        window("w", "{\"lines\":[\"L-17\"]}", LATER);
    }
}
