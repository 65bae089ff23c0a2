package cctvout.simulator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a scenario file: one step a line, words divided by spaces, {@code #} begins a
 * comment.
 *
 * <pre>
 * at 10s cameras 1-50 freeze for 30s   # from the start, 30 s long
 * at 20s camera 7 404                  # until something else is said of it
 * at 1m line L-03 cut for 40s
 * at 90s district 동남구 lossy for 10s
 * at 2m server 1 503 for 30s           # a media server with all its streams
 * at 3m all recover
 * repeat every 5m                      # at most once
 * </pre>
 *
 * Times are whole numbers with {@code ms}, {@code s}, {@code m} or {@code h}. Faults are the words
 * of {@link Fault}. At most {@link #MAX_CHARACTERS} characters and {@link Scenario#MAX_STEPS}
 * steps.
 */
final class ScenarioParser {

    static final int MAX_CHARACTERS = 1 << 20;

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,7})(?:-(\\d{1,7}))?");

    private final int number;
    private final String[] words;
    private int next;

    private ScenarioParser(int number, String line) {
        this.number = number;
        this.words = line.split("\\s+");
    }

    static Scenario parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "scenario: more than " + MAX_CHARACTERS + " characters");
        }
        List<Scenario.Step> steps = new ArrayList<>();
        Duration period = null;
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = withoutComment(lines[i]);
            if (line.isEmpty()) {
                continue;
            }
            var parser = new ScenarioParser(i + 1, line);
            switch (parser.word("\"at\" or \"repeat\"")) {
                case "at" -> steps.add(parser.step());
                case "repeat" -> period = parser.period(period);
                default -> throw parser.wrong("\"at\" or \"repeat\"");
            }
            if (steps.size() > Scenario.MAX_STEPS) {
                throw parser.error("more than " + Scenario.MAX_STEPS + " steps");
            }
        }
        return new Scenario(steps, period);
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf('#');
        String bare = comment < 0 ? line : line.substring(0, comment);
        return bare.startsWith("\uFEFF") ? bare.substring(1).strip() : bare.strip();
    }

    private Scenario.Step step() {
        Duration at = time();
        Target target = target();
        Fault fault = fault();
        Duration length = null;
        if (fault != null && next < words.length) {
            expect("for");
            length = time();
        }
        end();
        try {
            return new Scenario.Step(at, target, fault, length);
        } catch (IllegalArgumentException outOfBounds) {
            throw new IllegalArgumentException(
                    "line " + number + ": " + outOfBounds.getMessage(), outOfBounds);
        }
    }

    private Duration period(@Nullable Duration before) {
        if (before != null) {
            throw error("\"repeat\" was said before");
        }
        expect("every");
        Duration period = time();
        end();
        return period;
    }

    private Target target() {
        String kinds = "camera, cameras, line, district, server or all";
        return switch (word(kinds)) {
            case "all" -> new Target.All();
            case "camera", "cameras" -> cameras();
            case "line" -> new Target.Line(word("a line's name"));
            case "district" -> new Target.District(word("a district's name"));
            case "server" -> server();
            default -> throw wrong(kinds);
        };
    }

    private Target cameras() {
        String expected = "a number from 1, or a range such as 1-50";
        Matcher range = RANGE.matcher(word(expected));
        if (!range.matches()) {
            throw wrong(expected);
        }
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
        if (from < 1 || to < from) {
            throw wrong(expected);
        }
        return new Target.Cameras(from, to);
    }

    private Target server() {
        String expected = "a media server's number, from 1";
        String word = word(expected);
        if (!word.matches("[1-9]\\d{0,6}")) {
            throw wrong(expected);
        }
        return new Target.Server(Integer.parseInt(word));
    }

    private @Nullable Fault fault() {
        String expected = "recover, " + Fault.words();
        String word = word(expected);
        if (word.equals("recover")) {
            return null;
        }
        return Fault.of(word).orElseThrow(() -> wrong(expected));
    }

    private Duration time() {
        String expected = "a time such as 500ms, 10s, 2m or 1h";
        Matcher time = TIME.matcher(word(expected));
        if (!time.matches()) {
            throw wrong(expected);
        }
        long amount = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private void expect(String literal) {
        if (!word("\"" + literal + "\"").equals(literal)) {
            throw wrong("\"" + literal + "\"");
        }
    }

    private void end() {
        if (next < words.length) {
            next++;
            throw wrong("the end of the line");
        }
    }

    private String word(String expected) {
        if (next == words.length) {
            throw error("ends where " + expected + " is expected");
        }
        return words[next++];
    }

    private IllegalArgumentException wrong(String expected) {
        return error("\"" + words[next - 1] + "\" where " + expected + " is expected");
    }

    private IllegalArgumentException error(String what) {
        return new IllegalArgumentException("line " + number + ": " + what);
    }
}
