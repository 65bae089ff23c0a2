package cctvout.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.swagger.v3.oas.models.media.Schema;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the types say and a schema alone does not: which fields are always there, which may be null,
 * and by which word a subtype is told.
 */
final class RecordSchemas {

    private RecordSchemas() {}

    static void refine(Schema<?> schema, Class<?> type) {
        if (type.isRecord() && schema.getProperties() != null) {
            components(schema, type, type.isAnnotationPresent(JsonInclude.class));
        }
        JsonSubTypes subtypes = type.getAnnotation(JsonSubTypes.class);
        if (subtypes != null && schema.getDiscriminator() != null) {
            for (JsonSubTypes.Type subtype : subtypes.value()) {
                schema.getDiscriminator()
                        .mapping(
                                subtype.name(),
                                "#/components/schemas/"
                                        + type.getSimpleName()
                                        + subtype.value().getSimpleName());
            }
        }
    }

    private static void components(Schema<?> schema, Class<?> type, boolean sparse) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                components(schema, component.getType(), sparse);
                continue;
            }
            String name = name(component);
            Schema<?> property = schema.getProperties().get(name);
            if (property == null) {
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (nullable) {
                schema.getProperties().put(name, orNull(property));
            }
            boolean maybeLeftOut =
                    sparse && nullable
                            || component.getAccessor().isAnnotationPresent(JsonInclude.class);
            if (!maybeLeftOut) {
                schema.addRequiredItem(name);
            }
        }
    }

    private static String name(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Schema<?> orNull(Schema<?> property) {
        Set<String> types = property.getTypes();
        if (property.get$ref() != null || types == null) {
            Schema<?> none = new Schema<>();
            none.addType("null");
            return new Schema<>().anyOf(List.of(property, none));
        }
        Set<String> withNull = new LinkedHashSet<>(types);
        withNull.add("null");
        property.setTypes(withNull);
        List<?> values = property.getEnum();
        if (values != null) {
            List all = new ArrayList<>(values);
            all.add(null);
            ((Schema) property).setEnum(all);
        }
        return property;
    }

    /** As a request writes it: all that the type knows, nothing of it demanded here. */
    static Schema<?> asBody(Schema<?> schema) {
        Schema<?> body = new Schema<>();
        body.setTypes(schema.getTypes() == null ? Set.of("object") : schema.getTypes());
        body.setProperties(properties(schema));
        body.setDescription("A field that is left out has its usual value, or in a patch stays.");
        return body;
    }

    @SuppressWarnings("rawtypes")
    private static Map<String, Schema> properties(Schema<?> schema) {
        return schema.getProperties() == null
                ? Map.of()
                : new LinkedHashMap<>(schema.getProperties());
    }
}
