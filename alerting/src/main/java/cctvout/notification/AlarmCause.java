package cctvout.notification;

import cctvout.engine.EngineCause;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * What is known of a trouble of the monitor's own: a code, which the texts have words for in each
 * language, and an English sentence for all else. Holds no secret.
 *
 * @param code empty where there is none; one that there are no words for is told by its sentence
 * @param figures by the names that they have in the words
 * @param since told in the reader's time
 * @param node the process that it is about; null where there is no other
 */
public record AlarmCause(
        String code,
        Map<String, String> figures,
        @Nullable Instant since,
        @Nullable String node,
        String sentence) {

    /** Of an engine, or of an alarm, that says no more. */
    public static AlarmCause unworded(String sentence) {
        return new AlarmCause("", Map.of(), null, null, sentence);
    }

    public static AlarmCause of(EngineCause cause) {
        return new AlarmCause(cause.code().name(), cause.figures(), null, null, cause.sentence());
    }

    /** One among several processes. */
    public AlarmCause at(String one) {
        return new AlarmCause(code, figures, since, one, sentence);
    }

    /** The sentence and whose it is. */
    public String details() {
        return node == null ? sentence : node + ": " + sentence;
    }
}
