package cctvout.web;

import cctvout.problem.ProblemException;
import cctvout.problem.Wanted;
import cctvout.record.InvalidRecordException;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a request's body; what is wrong with it is a problem that names the field. */
@Component
class JsonBodies {

    private static final String BODY = "body";

    private final JsonMapper json;

    JsonBodies(JsonMapper json) {
        var times = new SimpleModule().addDeserializer(Instant.class, new KnownTimes.InBodies());
        this.json = json.rebuild().addModule(times).build();
    }

    /**
     * @throws ProblemException 400, where it is not one JSON object
     */
    ObjectNode object(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            throw refused(BODY, "required: a JSON object");
        }
        try (JsonParser parser = json.createParser(body)) {
            JsonNode tree = read(parser);
            if (tree instanceof ObjectNode object) {
                refuseNul("", object);
                return object;
            }
            throw refused(BODY, "must be a JSON object");
        }
    }

    /**
     * @throws ProblemException 400, where a field does not fit the type
     */
    <T> T as(Class<T> type, ObjectNode tree) {
        return read(json.readerFor(type), tree);
    }

    /**
     * The same, where a field that the type does not have is more likely a slip than a wish.
     *
     * @throws ProblemException 400
     */
    <T> T strictly(Class<T> type, ObjectNode tree) {
        return read(
                json.readerFor(type).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES), tree);
    }

    private <T> T read(ObjectReader reader, ObjectNode tree) {
        try {
            return reader.readValue(tree);
        } catch (JacksonException misfit) {
            throw ofMisfit(misfit);
        }
    }

    ObjectNode tree(Object value) {
        return json.valueToTree(value);
    }

    /** RFC 7396: what is named is replaced, null clears, the rest stays. */
    static void merge(ObjectNode into, ObjectNode patch) {
        patch.forEachEntry(
                (field, value) -> {
                    if (value.isNull()) {
                        into.remove(field);
                    } else if (value instanceof ObjectNode nested
                            && into.get(field) instanceof ObjectNode target) {
                        merge(target, nested);
                    } else {
                        into.set(field, value);
                    }
                });
    }

    /**
     * Puts the id of the path into the body.
     *
     * @throws ProblemException 400, where the body names another one
     */
    static void identify(String id, ObjectNode tree) {
        JsonNode given = tree.get("id");
        if (given == null || given.isNull()) {
            tree.put("id", id);
        } else if (!given.isString() || !given.stringValue().equals(id)) {
            throw ProblemException.refused(
                    new Violation("id", given.toString(), "is " + id + " and cannot be changed"));
        }
    }

    /** No text of a person's holds one, and the database takes none. */
    private static void refuseNul(String at, JsonNode node) {
        if (node.isString() && node.stringValue().indexOf('\0') >= 0) {
            throw refused(at, "holds a NUL character");
        }
        node.forEachEntry((name, field) -> refuseNul(at.isEmpty() ? name : at + "." + name, field));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            refuseNul(at + "[" + i + "]", node.get(i));
        }
    }

    private static JsonNode read(JsonParser parser) {
        try {
            JsonNode tree = parser.readValueAsTree();
            JsonToken more = parser.nextToken();
            if (more != null) {
                throw refused(BODY, "holds more than one JSON value");
            }
            return tree;
        } catch (JacksonException malformed) {
            String path = parser.streamReadContext().pathAsPointer().toString();
            TokenStreamLocation at = parser.currentLocation();
            throw refused(
                    path.isEmpty() ? BODY : path.substring(1).replace('/', '.'),
                    "malformed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
        }
    }

    private RuntimeException ofMisfit(JacksonException misfit) {
        if (misfit.getCause() instanceof InvalidRecordException invalid) {
            return invalid;
        }
        StringBuilder field = new StringBuilder();
        for (var step : misfit.getPath()) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        String reason = reason(misfit);
        int colon = misfit instanceof ValueInstantiationException ? reason.indexOf(": ") : -1;
        String within = field.isEmpty() ? "" : field + ".";
        return colon > 0
                ? refused(within + reason.substring(0, colon), reason.substring(colon + 2))
                : refused(field.isEmpty() ? BODY : field.toString(), reason);
    }

    private String reason(JacksonException misfit) {
        if (misfit instanceof UnrecognizedPropertyException) {
            return "there is no such field";
        }
        if (misfit instanceof InvalidFormatException format && format.getTargetType() != null) {
            Class<?> type = format.getTargetType();
            return type.isEnum() ? oneOf(type.getEnumConstants()) : Wanted.of(type);
        }
        if (misfit instanceof ValueInstantiationException instantiation
                && instantiation.getCause() instanceof IllegalArgumentException said) {
            return String.valueOf(said.getMessage());
        }
        return "not a value of this field";
    }

    /** As they are written. */
    private String oneOf(Object[] constants) {
        return Arrays.stream(constants)
                .map(constant -> json.valueToTree(constant).asString())
                .collect(Collectors.joining(", ", "one of [", "]"));
    }

    private static ProblemException refused(String field, String reason) {
        return ProblemException.refused(List.of(new Violation(field, null, reason)));
    }
}
