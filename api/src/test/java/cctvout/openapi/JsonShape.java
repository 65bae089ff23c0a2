package cctvout.openapi;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a value is as a schema of an OpenAPI 3.1 document says: as much of JSON Schema 2020-12 as
 * ours uses, and a field that no schema names is a fault.
 */
final class JsonShape {

    private final JsonNode document;

    JsonShape(JsonNode document) {
        this.document = document;
    }

    /** What is wrong, empty where nothing is. */
    List<String> faults(JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        look(schema, value, "$", true, faults);
        return faults;
    }

    private void look(
            JsonNode given, JsonNode value, String at, boolean closed, List<String> faults) {
        JsonNode schema = resolved(given);
        for (String one : List.of("anyOf", "oneOf")) {
            if (schema.has(one)) {
                any(schema.get(one), value, at, faults);
                return;
            }
        }
        if (schema.has("allOf")) {
            all(schema, value, at, faults);
            return;
        }
        if (!ofType(schema.path("type"), value)) {
            faults.add(at + " is " + value + ", not " + schema.path("type"));
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            faults.add(at + " is " + value + ", none of " + schema.get("enum"));
        }
        if (value.isObject()) {
            object(schema, value, at, closed, faults);
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                look(schema.path("items"), value.get(i), at + "[" + i + "]", true, faults);
            }
        }
    }

    private void object(
            JsonNode schema, JsonNode value, String at, boolean closed, List<String> faults) {
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.stringValue())) {
                faults.add(at + " lacks " + required.stringValue());
            }
        }
        value.forEachEntry(
                (name, field) -> {
                    if (schema.path("properties").has(name)) {
                        look(
                                schema.at("/properties/" + name),
                                field,
                                at + "." + name,
                                true,
                                faults);
                    } else if (schema.path("additionalProperties").isObject()) {
                        JsonNode other = schema.get("additionalProperties");
                        look(other, field, at + "." + name, true, faults);
                    } else if (closed) {
                        faults.add(at + "." + name + " is not in the document");
                    }
                });
    }

    private void any(JsonNode choices, JsonNode value, String at, List<String> faults) {
        List<String> closest = null;
        for (JsonNode choice : choices) {
            List<String> found = new ArrayList<>();
            look(choice, value, at, true, found);
            if (found.isEmpty()) {
                return;
            }
            closest = closest == null || found.size() < closest.size() ? found : closest;
        }
        faults.addAll(closest == null ? List.of(at + ": no choices") : closest);
    }

    /** A field must be in one of the parts. */
    private void all(JsonNode schema, JsonNode value, String at, List<String> faults) {
        for (JsonNode part : schema.get("allOf")) {
            look(part, value, at, false, faults);
        }
        value.forEachEntry(
                (name, _) -> {
                    boolean known = schema.path("properties").has(name);
                    for (JsonNode part : schema.get("allOf")) {
                        known |= resolved(part).path("properties").has(name);
                    }
                    if (!known) {
                        faults.add(at + "." + name + " is not in the document");
                    }
                });
    }

    private JsonNode resolved(JsonNode schema) {
        String ref = schema.path("$ref").stringValue("");
        if (ref.isEmpty()) {
            return schema;
        }
        JsonNode found = document.at(ref.substring(1));
        if (found.isMissingNode()) {
            throw new AssertionError(ref + " leads nowhere");
        }
        return resolved(found);
    }

    private static boolean ofType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (ofType(one, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.stringValue("")) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> true;
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
