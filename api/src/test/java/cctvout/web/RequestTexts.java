package cctvout.web;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Every field of every JSON body that takes a text of the caller's own, as OpenAPI says. */
final class RequestTexts {

    private final JsonNode document;
    private final Set<String> found = new TreeSet<>();

    RequestTexts(JsonNode document) {
        this.document = document;
    }

    /** Such as {@code recipients channels.url}: the resource, and where in its body. */
    Set<String> all() {
        document.path("paths")
                .forEachEntry(
                        (path, item) -> item.forEachEntry((_, operation) -> body(path, operation)));
        return found;
    }

    private void body(String path, JsonNode operation) {
        JsonNode schema =
                operation
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema");
        if (path.startsWith("/api/") && !schema.isMissingNode()) {
            look(path.split("/")[2], "", schema, new HashSet<>());
        }
    }

    private void look(String resource, String at, JsonNode schema, Set<String> above) {
        String ref = schema.path("$ref").stringValue("");
        if (!ref.isEmpty()) {
            if (above.add(ref)) {
                look(resource, at, document.at(ref.substring(1)), above);
                above.remove(ref);
            }
            return;
        }
        for (String some : new String[] {"anyOf", "oneOf", "allOf"}) {
            schema.path(some).forEach(one -> look(resource, at, one, above));
        }
        schema.path("properties")
                .forEachEntry((name, property) -> look(resource, at + "." + name, property, above));
        look(resource, at, schema);
        if (schema.has("items")) {
            look(resource, at, schema.get("items"), above);
        }
    }

    /** A date, a duration or one of a few words is read as such, or not at all. */
    private void look(String resource, String at, JsonNode schema) {
        boolean text = schema.path("type").toString().contains("\"string\"");
        if (text && !schema.has("enum") && !schema.has("format") && !at.isEmpty()) {
            found.add(resource + " " + at.substring(1));
        }
    }
}
