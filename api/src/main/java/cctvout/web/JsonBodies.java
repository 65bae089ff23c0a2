package cctvout.web;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import com.fasterxml.jackson.annotation.Nulls;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

import java.time.Instant;
import java.util.List;

/** Reads a request's body; what is wrong with it is a problem that names the field. */
@Component
class JsonBodies {

    static final String BODY = "body";

    private final JsonMapper json;
    private final JsonMisfits misfits;

    JsonBodies(JsonMapper json) {
        var times = new SimpleModule().addDeserializer(Instant.class, new KnownTimes.InBodies());
        this.json =
                json.rebuild()
                        .addModule(times)
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .withCoercionConfig(LogicalType.Textual, JsonBodies::noNumber)
                        .withCoercionConfig(LogicalType.Enum, JsonBodies::noNumber)
                        .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                        .build();
        misfits = new JsonMisfits(this.json);
    }

    /** A text is no number, nor true or false. */
    private static void noNumber(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
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
     * A field that the type does not have is more likely a slip than a wish, and so is a value of
     * another kind: neither is passed over.
     *
     * @throws ProblemException 400, where a field does not fit the type
     */
    <T> T as(Class<T> type, ObjectNode tree) {
        try {
            return json.treeToValue(tree, type);
        } catch (JacksonException misfit) {
            throw misfits.problem(misfit);
        }
    }

    ObjectNode tree(Object value) {
        return json.valueToTree(value);
    }

    /**
     * RFC 7396: what is named is replaced, null clears, the rest stays. Null for what is not there
     * stays null, so that whoever misspelt a field hears of it.
     */
    static void merge(ObjectNode into, ObjectNode patch) {
        patch.forEachEntry(
                (field, value) -> {
                    if (value.isNull() && into.has(field)) {
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

    private static ProblemException refused(String field, String reason) {
        return ProblemException.refused(
                List.of(new Violation(JsonMisfits.named(field), null, reason)));
    }
}
