package cctvout.policy;

import com.fasterxml.jackson.annotation.JsonCreator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * Until somebody takes the fault up, those told of it are told again.
 *
 * @param after the first notice
 * @param every after the reminder before; null where one is all
 * @param most reminders
 */
public record Reminders(Duration after, @Nullable Duration every, int most) {

    public static final int MOST = 100;

    @JsonCreator
    static Reminders of(@Nullable String after, @Nullable String every, @Nullable Integer most) {
        Duration again = Spans.optional("every", every);
        return new Reminders(
                Spans.required("after", after),
                again,
                most != null ? most : again == null ? 1 : MOST);
    }

    /**
     * When the next is due; null where there were enough.
     *
     * @param done reminders so far
     * @param last when they were told last
     */
    @Nullable Instant next(int done, Instant last) {
        if (done >= most) {
            return null;
        }
        if (done == 0) {
            return last.plus(after);
        }
        return every == null ? null : last.plus(every);
    }
}
