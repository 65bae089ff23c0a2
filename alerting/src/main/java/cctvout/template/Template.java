package cctvout.template;

import cctvout.camera.CameraCheck;
import cctvout.record.Violation;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a notice is worded, with {@link Placeholders}.
 *
 * @param subject of an e-mail, 1 to {@link #MAX_SUBJECT} characters in one line
 * @param body on all channels that take a long text, 1 to {@link #MAX_BODY} characters
 * @param brief {@code short} in JSON: by text message and KakaoTalk, 1 to {@link #MAX_SHORT}
 *     characters
 */
public record Template(String subject, String body, @JsonProperty("short") String brief) {

    public static final int MAX_SUBJECT = 200;
    public static final int MAX_BODY = 4_000;
    public static final int MAX_SHORT = 500;

    /** What is wrong with a text for that kind of message, field by field; empty: nothing. */
    public static List<Violation> violations(
            MessageKind kind,
            @Nullable String subject,
            @Nullable String body,
            @Nullable String brief) {
        List<Violation> found = new ArrayList<>();
        check("subject", subject, MAX_SUBJECT, kind, found);
        check("body", body, MAX_BODY, kind, found);
        check("short", brief, MAX_SHORT, kind, found);
        if (subject != null && subject.strip().lines().count() > 1) {
            found.add(new Violation("subject", null, "more than one line"));
        } else if (subject != null && CameraCheck.anyUnprintable(subject.strip())) {
            found.add(new Violation("subject", null, "no control characters"));
        }
        return found;
    }

    private static void check(
            String field,
            @Nullable String text,
            int limit,
            MessageKind kind,
            List<Violation> found) {
        if (text == null || text.isBlank()) {
            found.add(new Violation(field, text, "required, and not blank"));
            return;
        }
        if (text.length() > limit) {
            found.add(new Violation(field, null, "longer than " + limit + " characters"));
        }
        if (text.indexOf('\0') >= 0) {
            found.add(new Violation(field, null, "holds a NUL character"));
        }
        for (String name : Placeholders.unknown(text, kind.placeholders())) {
            found.add(
                    new Violation(
                            field,
                            "{" + name + "}",
                            "no placeholder of "
                                    + kind
                                    + ", which has "
                                    + String.join(", ", kind.placeholders())));
        }
    }

    /** The words that come out of it. */
    public Message message(Map<String, String> fields) {
        return new Message(
                Placeholders.withoutEmptyLines(Placeholders.fill(body, fields)),
                Placeholders.fill(subject, fields).strip(),
                Placeholders.withoutEmptyLines(Placeholders.fill(brief, fields)));
    }
}
