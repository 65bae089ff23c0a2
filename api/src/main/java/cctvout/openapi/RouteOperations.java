package cctvout.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.HandlerMethod;

import reactor.core.publisher.Mono;

import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What a handler's signature says of its route: statuses, headers, the body's type. */
final class RouteOperations implements GlobalOperationCustomizer {

    static final String JSON = "application/json";

    private static final Set<String> MAKES = Set.of("create", "comment");

    private final Map<String, Class<?>> bodies = new ConcurrentHashMap<>();

    /** Types of JSON bodies by the names that {@link #customize} gave their schemas. */
    Map<String, Class<?>> bodies() {
        return new TreeMap<>(bodies);
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        List<String> callers = new ArrayList<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (isCaller(parameter)) {
                callers.add(String.valueOf(parameter.getParameterName()));
            }
        }
        if (operation.getParameters() != null) {
            operation.getParameters().removeIf(one -> callers.contains(one.getName()));
        }
        body(operation, handler);
        answers(operation, handler);
        return operation;
    }

    private static boolean isCaller(MethodParameter parameter) {
        ResolvableType type = ResolvableType.forMethodParameter(parameter);
        return Principal.class.isAssignableFrom(type.toClass())
                || type.toClass() == Mono.class
                        && Principal.class.isAssignableFrom(type.getGeneric(0).toClass());
    }

    private void body(Operation operation, HandlerMethod handler) {
        if (operation.getRequestBody() == null || !takesBytes(handler)) {
            return;
        }
        Takes own = handler.getMethodAnnotation(Takes.class);
        Takes takes = own == null ? handler.getBeanType().getAnnotation(Takes.class) : own;
        Class<?> type = takes == null ? answered(handler) : takes.value();
        String name = ModelNames.of(type) + "Body";
        bodies.put(name, type);
        operation.getRequestBody().setRequired(true);
        for (MediaType media : operation.getRequestBody().getContent().values()) {
            media.setSchema(new Schema<>().$ref("#/components/schemas/" + name));
        }
    }

    private static void answers(Operation operation, HandlerMethod handler) {
        ApiResponses answers = new ApiResponses();
        ApiResponse found = operation.getResponses().get("200");
        Class<?> type = answered(handler);
        String status =
                type == Void.class && isEntity(handler)
                        ? "204"
                        : MAKES.contains(handler.getMethod().getName()) ? "201" : "200";
        ApiResponse good = new ApiResponse().description(words(status));
        if (!status.equals("204") && found != null) {
            good.setContent(content(found.getContent()));
        }
        if (status.equals("201") && handler.getMethod().getName().equals("create")) {
            good.addHeaderObject("Location", header("Where it is from now on"));
        }
        if (isVersioned(type)) {
            good.addHeaderObject("ETag", header("Its version, for If-Match"));
        }
        answers.addApiResponse(status, good);
        refusals(answers, operation, handler);
        operation.setResponses(answers);
    }

    private static void refusals(ApiResponses answers, Operation operation, HandlerMethod handler) {
        boolean parameters =
                operation.getParameters() != null && !operation.getParameters().isEmpty();
        if (parameters || operation.getRequestBody() != null) {
            Problems.add(answers, 400);
        }
        if (has(handler, PathVariable.class)) {
            Problems.add(answers, 404);
        }
        if (operation.getRequestBody() != null) {
            Problems.add(answers, 404, 409, 413, 415);
        }
        if (has(handler, PathVariable.class) && !isRead(handler)) {
            Problems.add(answers, 409);
        }
        if (has(handler, RequestHeader.class) && !isRead(handler)) {
            Problems.add(answers, 412);
        }
    }

    private static boolean isRead(HandlerMethod handler) {
        return handler.hasMethodAnnotation(
                org.springframework.web.bind.annotation.GetMapping.class);
    }

    private static @Nullable Content content(@Nullable Content found) {
        if (found == null) {
            return null;
        }
        Content content = new Content();
        found.forEach((type, media) -> content.put(type.equals("*/*") ? JSON : type, media));
        return content;
    }

    private static Header header(String description) {
        return new Header().description(description).schema(new StringSchema());
    }

    private static String words(String status) {
        return switch (status) {
            case "201" -> "Made";
            case "204" -> "Done";
            default -> "OK";
        };
    }

    private static boolean isVersioned(Class<?> type) {
        if (!type.isRecord()) {
            return false;
        }
        for (var component : type.getRecordComponents()) {
            if (component.getName().equals("version") || component.getName().equals("window")) {
                return true;
            }
        }
        return false;
    }

    private static boolean takesBytes(HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)
                    && parameter.getParameterType() == byte[].class) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(HandlerMethod handler, Class<? extends Annotation> annotation) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(annotation)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEntity(HandlerMethod handler) {
        ResolvableType type =
                ResolvableType.forMethodReturnType(handler.getMethod(), handler.getBeanType());
        return type.getGeneric(0).toClass() == ResponseEntity.class;
    }

    /** What is left of the return type without Mono and ResponseEntity. */
    private static Class<?> answered(HandlerMethod handler) {
        ResolvableType type =
                ResolvableType.forMethodReturnType(handler.getMethod(), handler.getBeanType());
        while (type.toClass() == Mono.class || type.toClass() == ResponseEntity.class) {
            type = type.getGeneric(0);
        }
        return type.toClass();
    }

    /** Names as the document has them. */
    private static final class ModelNames {
        static String of(Class<?> type) {
            var resolved =
                    ModelConverters.getInstance(true)
                            .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
            String ref = resolved.schema == null ? null : resolved.schema.get$ref();
            return ref == null ? type.getSimpleName() : ref.substring(ref.lastIndexOf('/') + 1);
        }
    }
}
