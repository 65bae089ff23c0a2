package cctvout.notification;

import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.FAILED;
import static cctvout.notification.NotificationStatus.SENT;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * What a try makes of a notice.
 *
 * @param stored as it was before
 * @param at when the try ended
 * @param dice 0 to 1, spreads the gaps
 */
record Outcome(Notice stored, Instant at, RetrySchedule schedule, double dice) {

    Notice of(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Sent _ -> sent();
            case Delivery.Failed failed -> failed(failed);
            case Delivery.Skipped skipped -> skipped(skipped);
        };
    }

    private Notice sent() {
        Notification shown = stored.notification();
        return stored.moved(
                shown.with(SENT, shown.attempts() + 1, null, at, null),
                stored.tries() + 1,
                first(),
                null,
                false);
    }

    private Notice failed(Delivery.Failed failure) {
        int tries = stored.tries() + 1;
        Duration asked = failure.retryAfter();
        Duration delay =
                failure.isFinal() ? null : schedule.waitAfter(tries, waited(), dice, asked);
        boolean quick = delay != null && schedule.staysQuick(tries, asked);
        return after(
                failure.cause(),
                quick ? stored.notification().status() : FAILED,
                stored.notification().attempts() + 1,
                tries,
                delay,
                stored.inDoubt() || failure.inDoubt());
    }

    /**
     * Not tried, as its endpoint is left alone. That is no try: it is FAILED by those that were
     * made, or where the receiver asked for long, or after it has waited for long; from then on it
     * is tried on slowly, as ever.
     */
    private Notice skipped(Delivery.Skipped skipped) {
        int tries = stored.tries();
        Duration asked = skipped.asked();
        boolean waits = schedule.isQuick(tries) && schedule.waits(waited());
        int made = stored.notification().attempts();
        FailureCause why = skipped.cause();
        boolean created = stored.notification().status() == CREATED;
        if (waits && created && schedule.staysQuick(tries, asked)) {
            Duration gap = schedule.waitAfterNone(tries, waited(), dice, skipped.left());
            return after(why, CREATED, made, tries, gap, stored.inDoubt());
        }
        int counted = waits ? tries : Math.max(tries + 1, schedule.quickTries());
        Duration delay = schedule.waitAfter(Math.max(1, counted), waited(), dice, skipped.left());
        return after(why, FAILED, made, counted, delay, stored.inDoubt());
    }

    private Notice after(
            FailureCause why,
            NotificationStatus status,
            int attempts,
            int counted,
            @Nullable Duration delay,
            boolean doubt) {
        Notification shown = stored.notification();
        return stored.moved(
                shown.with(status, attempts, why.sentence(), shown.sentAt(), null),
                counted,
                first(),
                delay == null ? null : at.plus(delay),
                doubt);
    }

    private Instant first() {
        Instant first = stored.firstTryAt();
        return first == null ? at : first;
    }

    private Duration waited() {
        return Duration.between(first(), at);
    }
}
