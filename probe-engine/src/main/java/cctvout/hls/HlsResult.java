package cctvout.hls;

import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The outcome of one stream check, as REST shows it.
 *
 * @param httpStatus of the answer that decided, null where none came
 * @param mediaSequence of the media playlist's newest segment
 * @param latencyMs whole check, milliseconds, without the time in our own queue
 * @param detail what an engineer wants to know beside the reason, such as the tag and the line
 * @param warnings what was odd in a stream that is well
 * @param edge to be handed to this camera's next check; not shown
 * @param lookAgainAfter when a second look would settle what this one could not; not shown
 */
public record HlsResult(
        HlsStatus status,
        HlsReason reason,
        @Nullable Integer httpStatus,
        @Nullable Long mediaSequence,
        @Nullable Double targetDurationSeconds,
        @Nullable Long latencyMs,
        @Nullable String detail,
        List<HlsReason> warnings,
        @JsonIgnore @Nullable Edge edge,
        @JsonIgnore @Nullable Duration lookAgainAfter,
        Instant checkedAt) {}
