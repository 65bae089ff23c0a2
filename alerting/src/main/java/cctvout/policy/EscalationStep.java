package cctvout.policy;

import com.fasterxml.jackson.annotation.JsonCreator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Who is told as well, where nobody has taken the fault up.
 *
 * @param after the first notice
 */
public record EscalationStep(Duration after, Audience tell) {

    @JsonCreator
    static EscalationStep of(@Nullable String after, @Nullable Audience tell) {
        return new EscalationStep(
                Spans.required("after", after), tell == null ? Audience.RESPONSIBLE : tell);
    }
}
