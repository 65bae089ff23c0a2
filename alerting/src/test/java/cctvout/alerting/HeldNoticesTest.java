package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import cctvout.issue.Severity;
import cctvout.maintenance.MaintenanceWindow;
import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;
import cctvout.notification.UnsentOpened;
import cctvout.policy.QuietHours;
import cctvout.policy.QuietHours.BreakThrough;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;

/** What quiet hours and planned work hold back, and until when. */
class HeldNoticesTest extends PolicyCase {

    private static final Instant BEFORE_THE_NIGHT = Instant.now().plusSeconds(1800);
    private static final Instant IN_THE_NIGHT = BEFORE_THE_NIGHT.plusSeconds(1800);
    private static final Instant MORNING = IN_THE_NIGHT.plusSeconds(3600);
    private static final QuietHours NIGHT =
            new QuietHours(
                    List.of(),
                    LocalTime.ofInstant(BEFORE_THE_NIGHT.plusSeconds(60), ZoneOffset.UTC),
                    LocalTime.ofInstant(MORNING, ZoneOffset.UTC),
                    ZoneOffset.UTC,
                    BreakThrough.NOTHING);

    @Test
    void inQuietHoursItWaitsForTheirEndAndIsOwedStill() throws Exception {
        bench.start();
        Instant end = Instant.now().plusSeconds(3);
        policy(null, quietUntil(end));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        Notification held = bench.until(all -> all.size() == 1).getFirst();
        assertThat(held.heldUntil()).isCloseTo(end, within(1, ChronoUnit.MILLIS));
        assertThat(bench.receiver.next().text("event")).isEqualTo("OPENED");
        assertThat(Instant.now()).isAfterOrEqualTo(end.minusMillis(1));
    }

    @Test
    void aFaultThatEndsInQuietHoursIsOneNoticeOfBothAtTheirEnd() {
        policy(null, quietUntil(Instant.now().plusSeconds(3600)));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(
                        Notification::recipientId,
                        Notification::event,
                        Notification::status,
                        one -> one.heldUntil() != null)
                .containsExactlyInAnyOrder(
                        tuple("line-17", OPENED, CANCELLED, true),
                        tuple("line-17", RECOVERED, CREATED, true),
                        tuple("room", RECOVERED, CREATED, false));
    }

    @Test
    void orNeitherIsSentAsTheSettingSays() {
        close();
        open(UnsentOpened.CANCEL);
        policy(null, quietUntil(Instant.now().plusSeconds(3600)));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.recipientId().equals("line-17"))
                .extracting(Notification::status)
                .containsOnly(CANCELLED);
    }

    @Test
    void whatBreaksThroughIsToldAtOnce() {
        QuietHours night = quietUntil(Instant.now().plusSeconds(3600));
        policy(
                null,
                new QuietHours(
                        night.days(),
                        night.from(),
                        night.to(),
                        night.zone(),
                        new BreakThrough(List.of(Severity.MAJOR), List.of())));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(bench.notifications().getFirst().heldUntil()).isNull();
    }

    @Test
    void whatPlannedWorkHoldsIntoQuietHoursWaitsForTheirEnd() {
        policy(REMINDERS, NIGHT);
        work(IN_THE_NIGHT);
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        assertThat(held(OPENED)).isCloseTo(MORNING, within(1, ChronoUnit.MILLIS));
        Instant evening = BEFORE_THE_NIGHT.truncatedTo(ChronoUnit.SECONDS);
        work(evening);
        assertThat(held(OPENED)).isEqualTo(evening);
        work(IN_THE_NIGHT);
        assertThat(held(OPENED)).isCloseTo(MORNING, within(1, ChronoUnit.MILLIS));
        assertThat(Bench.get(bench.alerting.maintenanceDesk().delete("w", OptionalLong.empty())))
                .isTrue();
        assertThat(held(OPENED)).isNull();
    }

    @Test
    void whatIsOverBeforeThatWorkIsToldToNobodyAllTheSame() {
        policy(null, NIGHT);
        work(IN_THE_NIGHT);
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        bench.consume();
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .extracting(Notification::event, Notification::status)
                .containsExactly(tuple(OPENED, CANCELLED));
    }

    @Test
    void soDoRemindersAndEnds() {
        policy(REMINDERS, NIGHT);
        failed("C-1");
        bench.stop();
        work(IN_THE_NIGHT);
        later(Duration.ofMinutes(31));
        assertThat(due()).isEqualTo(1);
        assertThat(held(REMINDER)).isCloseTo(MORNING, within(1, ChronoUnit.MILLIS));
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .extracting(Notification::recipientId, HeldNoticesTest::inTheMorning)
                .as("to whom it was told, and to the control room when the work is over")
                .containsExactlyInAnyOrder(tuple("line-17", true), tuple("room", false));
    }

    /** At the line, until then. */
    private void work(Instant end) {
        MaintenanceWindow window = MaintenanceCase.read("w", "{\"lines\":[\"L-17\"]}", end);
        MaintenanceDesk desk = bench.alerting.maintenanceDesk();
        Bench.get(
                desk.update(window, OptionalLong.empty())
                        .switchIfEmpty(Mono.defer(() -> desk.create(window, "kim"))));
    }

    private @Nullable Instant held(NotificationEvent event) {
        return bench.notifications().stream()
                .filter(one -> one.event() == event)
                .findFirst()
                .orElseThrow()
                .heldUntil();
    }

    private static boolean inTheMorning(Notification one) {
        Instant until = one.heldUntil();
        return until != null && !until.isBefore(MORNING.minusMillis(1));
    }
}
