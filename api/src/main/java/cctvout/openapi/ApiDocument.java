package cctvout.openapi;

import cctvout.problem.Problem;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;

import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What holds for all routes: who may call, what a refusal looks like, what fields may be null. */
final class ApiDocument implements GlobalOpenApiCustomizer {

    private static final Set<String> OPEN = Set.of("/healthz", "/login", "/logout");

    private final SchemaNames names;
    private final RouteOperations operations;

    ApiDocument(SchemaNames names, RouteOperations operations) {
        this.names = names;
        this.operations = operations;
    }

    @Override
    public void customise(OpenAPI document) {
        document.setInfo(
                new Info()
                        .title("CCTV Out")
                        .version("1")
                        .description("Cameras, their verdicts, issues and notices."));
        document.setServers(List.of(new Server().url("/").description("Here")));
        StreamedRoutes.describe(document);
        SessionRoutes.add(document);
        schemas(document);
        document.getPaths()
                .forEach(
                        (path, item) ->
                                item.readOperations()
                                        .forEach(operation -> common(path, operation)));
        schemes(document.getComponents());
    }

    @SuppressWarnings("rawtypes")
    private void schemas(OpenAPI document) {
        Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
        add(schemas, Problem.class);
        operations.bodies().values().forEach(type -> add(schemas, type));
        operations
                .bodies()
                .forEach(
                        (name, type) -> {
                            String full = name.substring(0, name.length() - "Body".length());
                            Schema<?> schema = schemas.get(full);
                            if (schema != null) {
                                schemas.put(name, RecordSchemas.asBody(schema));
                            }
                        });
        names.named()
                .forEach(
                        (name, type) -> {
                            Schema<?> schema = schemas.get(name);
                            if (schema != null) {
                                RecordSchemas.refine(schema, type);
                            }
                        });
        schemas.remove("DataBuffer");
        schemas.remove("PartEvent");
        document.getComponents().setSchemas(schemas);
    }

    @SuppressWarnings("rawtypes")
    private static void add(Map<String, Schema> schemas, Class<?> type) {
        ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true))
                .referencedSchemas
                .forEach(schemas::putIfAbsent);
    }

    private static void common(String path, Operation operation) {
        if (path.startsWith("/api/")) {
            Problems.add(operation.getResponses(), 401, 403, 429, 503);
        }
        if (OPEN.contains(path)) {
            operation.setSecurity(List.of());
        } else {
            operation.setSecurity(
                    List.of(
                            new SecurityRequirement().addList("basic"),
                            new SecurityRequirement().addList("bearer"),
                            new SecurityRequirement().addList("session")));
        }
    }

    private static void schemes(Components components) {
        components
                .addSecuritySchemes(
                        "basic",
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
                .addSecuritySchemes(
                        "bearer",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "A token of POST /api/tokens, or an identity provider's"))
                .addSecuritySchemes(
                        "session",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("CCTVOUT")
                                .description("Changes need the header X-XSRF-TOKEN as well"));
    }
}
