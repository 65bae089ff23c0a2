package cctvout.notification;

import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.FAILED;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.DeliveryMarks.Tried;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

class NoticeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RetrySchedule SCHEDULE = RetrySchedule.STANDARD;
    private static final FailureCause CAUSE = FailureCause.http(500);
    private static final Delivery.Failed REFUSED = Delivery.Failed.refused(CAUSE);

    /** The fault used up what the breaker lets through; its end comes half a minute later. */
    @Test
    void noticeForADeadEndpointIsFailedByItsOwnTriesNotByThoseThatWereNotMade() {
        SendLanes lanes = new SendLanes(NotificationSettings.standard(List.of()));
        Notice first = sentUntilFailed(lanes, owed(NOW));
        assertThat(first.notification().attempts()).isEqualTo(5);
        Instant dead = Objects.requireNonNull(first.nextAt()).minusSeconds(60);

        Instant later = dead.plusSeconds(13);
        Notice second = sentUntilFailed(lanes, owed(later));
        assertThat(second.notification().attempts()).isGreaterThanOrEqualTo(1);
        assertThat(second.notification().lastError()).isEqualTo("HTTP 500");
        assertThat(second.nextAt())
                .as("FAILED after a minute, then tried on slowly")
                .isBetween(later.plusSeconds(60 + 54), later.plusSeconds(60 + 60));
    }

    @Test
    void oneThatIsNeverTriedIsFailedAfterAMinuteForTheReasonOfOthersThere() {
        Delivery skipped = new Delivery.Skipped(CAUSE, Duration.ofSeconds(30), null);
        Notice notice = after(owed(NOW), skipped, NOW);
        assertThat(notice.notification().status()).isEqualTo(CREATED);
        assertThat(notice.notification().lastError()).isEqualTo("HTTP 500");
        assertThat(notice.isUntried()).isTrue();
        assertThat(notice.nextAt()).as("when it may be tried").isEqualTo(NOW.plusSeconds(30));
        notice = after(notice, skipped, NOW.plusSeconds(40));
        assertThat(notice.nextAt()).as("no longer than a minute").isEqualTo(NOW.plusSeconds(60));
        notice = after(notice, skipped, NOW.plusSeconds(60));
        assertThat(notice.notification().status()).isEqualTo(FAILED);
        assertThat(notice.notification().attempts()).isZero();
        assertThat(notice.notification().lastError()).isEqualTo("HTTP 500");
        // from now on as any that is FAILED: slower and slower, for a day
        assertThat(gap(notice)).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(60));
        notice = after(notice, skipped, NOW.plusSeconds(120));
        assertThat(gap(notice)).isBetween(Duration.ofSeconds(108), Duration.ofSeconds(120));
        assertThat(after(notice, skipped, NOW.plus(Duration.ofHours(24))).nextAt()).isNull();
    }

    @Test
    void receiverThatAsksForLongMakesItFailedAtOnce() {
        Duration minute = Duration.ofMinutes(1);
        Notice notice = after(owed(NOW), new Delivery.Skipped(CAUSE, minute, minute), NOW);
        assertThat(notice.notification().status()).isEqualTo(FAILED);
        assertThat(notice.nextAt()).isEqualTo(NOW.plus(minute));
        Duration twenty = Duration.ofSeconds(20);
        notice = after(owed(NOW), new Delivery.Skipped(CAUSE, twenty, twenty), NOW);
        assertThat(notice.notification().status()).isEqualTo(CREATED);
        assertThat(notice.nextAt()).isEqualTo(NOW.plus(twenty));
    }

    /** What it waited for its endpoint before is not of the wait after. */
    @Test
    void oneThatWasNotTriedAndIsHeldBeginsAnewAfterwards() {
        Delivery skipped = new Delivery.Skipped(CAUSE, Duration.ofSeconds(30), null);
        Instant until = NOW.plusSeconds(3600);
        Notice notice =
                after(owed(NOW), skipped, NOW)
                        .held(Holds.of(Holds.Reason.MAINTENANCE, until), NOW.plusSeconds(1));
        assertThat(notice.nextAt()).isEqualTo(until);
        assertThat(after(notice, skipped, until).notification().status()).isEqualTo(CREATED);
    }

    @Test
    void cancelledSaysWhyItIsNotWhatAChannelSaidBefore() {
        Notice notice = after(owed(NOW), REFUSED, NOW).cancelled("open again");
        assertThat(notice.notification().status()).isEqualTo(CANCELLED);
        assertThat(notice.notification().lastError()).isEqualTo("open again");
        assertThat(notice.notification().attempts()).isEqualTo(1);
    }

    /** In a storm, what fails of all else is told once, when it is FAILED. */
    @Test
    void aFailedTryIsNewsOfWhatWasSentAgainByHandUntilItIsFailed() {
        Delivery skipped = new Delivery.Skipped(CAUSE, Duration.ofSeconds(30), null);
        Notice owed = owed(NOW);
        assertThat(after(owed, REFUSED, NOW).isNewsSince(owed)).isFalse();
        Notice again = owed.resent(NOW);
        Notice waits = after(again, skipped, NOW);
        assertThat(waits.isNewsSince(again)).as("its endpoint is left alone").isTrue();
        assertThat(after(waits, skipped, NOW.plusSeconds(30)).isNewsSince(waits))
                .as("still")
                .isFalse();
        Notice tried = after(waits, REFUSED, NOW.plusSeconds(30));
        assertThat(tried.isNewsSince(waits)).isTrue();
        Notice failed = tried;
        while (failed.notification().status() == CREATED) {
            failed = after(failed, REFUSED, NOW.plusSeconds(40));
        }
        assertThat(after(failed, REFUSED, NOW.plusSeconds(99)).isNewsSince(failed)).isFalse();
    }

    private static Duration gap(Notice notice) {
        Duration since = Duration.between(NOW, Objects.requireNonNull(notice.nextAt()));
        return since.minusSeconds(notice.tries() == 5 ? 60 : 120);
    }

    private static Notice sentUntilFailed(SendLanes lanes, Notice owed) {
        Notice notice = owed;
        for (int i = 0; i < 100 && notice.notification().status() == CREATED; i++) {
            Instant at = Objects.requireNonNull(notice.nextAt());
            Delivery skipped = lanes.taken(notice.lane(), "a", at);
            Delivery delivery = skipped == null ? REFUSED : skipped;
            lanes.done("a", delivery, at);
            notice = after(notice, delivery, at);
        }
        assertThat(notice.notification().status()).isEqualTo(FAILED);
        return notice;
    }

    private static Notice after(Notice notice, Delivery delivery, Instant at) {
        return new Tried(notice, "a", delivery, at, at).on(notice, SCHEDULE);
    }

    private static Notice owed(Instant at) {
        return Notice.owed(
                new Notification(
                        "n-" + at,
                        "i-1",
                        null,
                        "C-1",
                        "line-17",
                        "webhook",
                        NotificationEvent.OPENED,
                        CREATED,
                        0,
                        null,
                        null,
                        at,
                        null,
                        null,
                        "",
                        ""),
                "webhook",
                "{}");
    }
}
