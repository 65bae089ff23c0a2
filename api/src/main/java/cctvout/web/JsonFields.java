package cctvout.web;

import cctvout.camera.CameraInterval;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fields of an object by their types; a wrong type is noted and read as missing. */
final class JsonFields {

    private final ObjectNode object;
    private final String prefix;
    private final List<Violation> violations;

    JsonFields(ObjectNode object) {
        this(object, "", new ArrayList<>());
    }

    private JsonFields(ObjectNode object, String prefix, List<Violation> violations) {
        this.object = object;
        this.prefix = prefix;
        this.violations = violations;
    }

    /** Wrong types so far, those of nested objects too. */
    List<Violation> violations() {
        return violations;
    }

    /** There is no other: whatever else is given is more likely a slip than a wish. */
    void only(Set<String> known) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                violations.add(new Violation(prefix + name, null, "there is no such field"));
            }
        }
    }

    @Nullable String text(String field) {
        JsonNode node = given(field);
        return node == null || !fits(field, node, node.isString(), "a text")
                ? null
                : node.stringValue();
    }

    @Nullable Double number(String field) {
        JsonNode node = given(field);
        return node == null || !fits(field, node, node.isNumber(), "a number")
                ? null
                : node.asDouble(Double.POSITIVE_INFINITY);
    }

    @Nullable Boolean flag(String field) {
        JsonNode node = given(field);
        return node == null || !fits(field, node, node.isBoolean(), "true or false")
                ? null
                : node.booleanValue();
    }

    @Nullable Duration duration(String field) {
        String text = text(field);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return CameraInterval.parse(text);
        } catch (IllegalArgumentException malformed) {
            violations.add(
                    new Violation(prefix + field, text, String.valueOf(malformed.getMessage())));
            return null;
        }
    }

    @Nullable JsonFields object(String field) {
        JsonNode node = given(field);
        return node == null || !fits(field, node, node.isObject(), "an object")
                ? null
                : new JsonFields(node.asObject(), prefix + field + ".", violations);
    }

    private @Nullable JsonNode given(String field) {
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private boolean fits(String field, JsonNode node, boolean fits, String wanted) {
        if (!fits) {
            violations.add(new Violation(prefix + field, node.toString(), "must be " + wanted));
        }
        return fits;
    }
}
