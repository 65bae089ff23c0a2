package cctvout.template;

import cctvout.rows.Rows;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words of one notice.
 *
 * @param brief where there is little room
 */
public record Message(String body, String subject, @JsonProperty("short") String brief) {

    private static final String FIELD = "message";

    private record Forms(String subject, @JsonProperty("short") String brief) {}

    /** What is stored beside the text: JSON of what it is about, with the text's other forms. */
    public String content(Object about) {
        ObjectNode tree = Rows.tree(about);
        tree.set(FIELD, Rows.tree(new Forms(subject, brief)));
        return Rows.json(tree);
    }

    /** Null where the content holds none. */
    public static @Nullable String subjectIn(String content) {
        return form(content, "subject");
    }

    /** Null where the content holds none. */
    public static @Nullable String briefIn(String content) {
        return form(content, "short");
    }

    private static @Nullable String form(String content, String name) {
        JsonNode text = Rows.read(content, JsonNode.class).path(FIELD).path(name);
        return text.isString() && !text.stringValue().isBlank() ? text.stringValue() : null;
    }
}
