package cctvout.watchdog;

import cctvout.notification.AlarmCause;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A trouble that was told.
 *
 * @param subject what of: {@code engine}, {@code alerting}, or a recipient and its channel
 */
record Alarm(
        String id,
        Trouble kind,
        String subject,
        @JsonIgnore List<AlarmCause> causes,
        Instant openedAt,
        @Nullable Instant endedAt) {

    /** A plain sentence, without any secret. */
    @JsonProperty
    String details() {
        return causes.stream().map(AlarmCause::details).collect(Collectors.joining("; "));
    }

    Alarm ended(Instant at) {
        return new Alarm(id, kind, subject, causes, openedAt, at);
    }
}
