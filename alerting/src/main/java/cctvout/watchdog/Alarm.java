package cctvout.watchdog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A trouble that was told.
 *
 * @param subject what of: {@code engine}, {@code alerting}, or a recipient and its channel
 * @param details a plain sentence, without any secret
 */
record Alarm(
        String id,
        Trouble kind,
        String subject,
        String details,
        Instant openedAt,
        @Nullable Instant endedAt) {

    Alarm ended(Instant at) {
        return new Alarm(id, kind, subject, details, openedAt, at);
    }
}
