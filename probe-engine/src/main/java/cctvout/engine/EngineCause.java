package cctvout.engine;

import java.util.Map;

/**
 * Why the engine is not well: a code, which texts have words for in each language, and its figures.
 *
 * @param figures by the names that they have in the sentence
 */
public record EngineCause(Code code, Map<String, String> figures) {

    /** Each with its sentence in the log and in REST, {@code explanation}. */
    public enum Code {
        NO_CANARY_ANSWERS("No canary answers: verdicts stay until one does"),
        NOTHING_ANSWERS("Nothing answers on any line: verdicts stay until something does"),
        STOOD_STILL("Stood still for {seconds} s: what was under way counts for nothing"),
        NO_TURN("The process got no turn for {ms} ms"),
        CHECKS_LATE("Checks begin {seconds} s late"),
        LANE_FULL("Checks begin {seconds} s late: {waiting} wait for {setting}={limit}");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }
    }

    public static EngineCause of(Code code) {
        return new EngineCause(code, Map.of());
    }

    public String sentence() {
        String sentence = code.sentence;
        for (Map.Entry<String, String> figure : figures.entrySet()) {
            sentence = sentence.replace("{" + figure.getKey() + "}", figure.getValue());
        }
        return sentence;
    }
}
