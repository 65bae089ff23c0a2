package cctvout.web;

import cctvout.problem.ProblemException;
import cctvout.problem.Wanted;
import cctvout.recipient.Secret;
import cctvout.record.InvalidRecordException;
import cctvout.record.Violation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What does not fit a type, as a problem that names the field and what it takes. */
final class JsonMisfits {

    private static final int LONGEST_NAME = 100;

    private final JsonMapper json;

    JsonMisfits(JsonMapper json) {
        this.json = json;
    }

    RuntimeException problem(JacksonException misfit) {
        if (misfit.getCause() instanceof InvalidRecordException invalid) {
            return invalid;
        }
        String field = field(misfit);
        if (misfit instanceof InvalidTypeIdException unknown) {
            return ofUnknownType(field, unknown);
        }
        String reason = reason(misfit);
        int colon = misfit instanceof ValueInstantiationException ? reason.indexOf(": ") : -1;
        return colon > 0
                ? refused(within(field, reason.substring(0, colon)), reason.substring(colon + 2))
                : refused(field.isEmpty() ? JsonBodies.BODY : field, reason);
    }

    private static String field(JacksonException misfit) {
        StringBuilder field = new StringBuilder();
        for (var step : misfit.getPath()) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return named(field.toString());
    }

    /** What lies deeper than any field of ours, or is called so, is told by where it begins. */
    static String named(String field) {
        if (field.length() <= LONGEST_NAME) {
            return field;
        }
        String first = field.split("[.\\[]", 2)[0];
        return first.length() > LONGEST_NAME || first.chars().allMatch(Character::isDigit)
                ? JsonBodies.BODY
                : first;
    }

    private static String within(String field, String part) {
        return field.isEmpty() ? part : field + "." + part;
    }

    /** One of several shapes, where the field that says which says none of them. */
    private static ProblemException ofUnknownType(String field, InvalidTypeIdException unknown) {
        Class<?> base = unknown.getBaseType().getRawClass();
        JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
        JsonSubTypes known = base.getAnnotation(JsonSubTypes.class);
        if (info == null || known == null) {
            return refused(field, "not a value of this field");
        }
        String types = listed(Arrays.stream(known.value()).map(JsonSubTypes.Type::name));
        return refused(
                within(field, info.property()),
                unknown.getTypeId() == null ? "is required: " + types : types);
    }

    private String reason(JacksonException misfit) {
        return switch (misfit) {
            case UnrecognizedPropertyException _ -> "there is no such field";
            case InvalidNullException _ -> "must not be null";
            case MismatchedInputException other -> wanted(other.getTargetType());
            case ValueInstantiationException other
                    when other.getCause() instanceof IllegalArgumentException said ->
                    String.valueOf(said.getMessage());
            default -> "not a value of this field";
        };
    }

    private String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "not a value of this field";
        }
        if (type.isEnum()) {
            return listed(
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> json.valueToTree(constant).asString()));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        if (type == String.class || type == Secret.class) {
            return "must be a text";
        }
        return type.isRecord() ? "must be an object" : Wanted.of(type);
    }

    private static String listed(Stream<String> names) {
        return names.collect(Collectors.joining(", ", "one of [", "]"));
    }

    private static ProblemException refused(String field, String reason) {
        return ProblemException.refused(new Violation(field, null, reason));
    }
}
