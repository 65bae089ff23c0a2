package cctvout.openapi;

import cctvout.report.AvailabilityRow;
import cctvout.report.CourseStep;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BinarySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;

import java.util.List;
import java.util.Objects;

/** Bodies that are written or read piece by piece, of which no type tells. */
final class StreamedRoutes {

    private static final String CSV = "text/csv";

    private StreamedRoutes() {}

    static void describe(OpenAPI document) {
        good(document, "/api/stream").setContent(one("text/event-stream", new StringSchema()));
        good(document, "/api/cameras/export").setContent(one(CSV, new StringSchema()));
        good(document, "/api/reports/availability")
                .setContent(
                        one(CSV, new StringSchema())
                                .addMediaType(
                                        RouteOperations.JSON,
                                        new MediaType().schema(availability(document))));
        Operation taken = route(document, "/api/cameras/import").getPost();
        taken.addParametersItem(
                new Parameter()
                        .name("map")
                        .in("query")
                        .description("What a header means: FIELD:HEADER, any number of times")
                        .schema(new ArraySchema().items(new StringSchema())));
        taken.getRequestBody().getContent().forEach((type, media) -> media.setSchema(table(type)));
    }

    private static ApiResponse good(OpenAPI document, String path) {
        return Objects.requireNonNull(route(document, path).getGet().getResponses().get("200"));
    }

    private static PathItem route(OpenAPI document, String path) {
        return Objects.requireNonNull(document.getPaths().get(path), path);
    }

    private static Content one(String type, Schema<?> schema) {
        return new Content().addMediaType(type, new MediaType().schema(schema));
    }

    private static Schema<?> table(String type) {
        if (type.startsWith("multipart/")) {
            return new ObjectSchema()
                    .addProperty("file", new BinarySchema())
                    .addRequiredItem("file");
        }
        return type.startsWith("text/") ? new StringSchema() : new BinarySchema();
    }

    private static Schema<?> availability(OpenAPI document) {
        for (Class<?> type : List.of(AvailabilityRow.class, CourseStep.class)) {
            ModelConverters.getInstance(true)
                    .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true))
                    .referencedSchemas
                    .forEach(document.getComponents()::addSchemas);
        }
        Schema<?> row = new Schema<>().$ref("#/components/schemas/AvailabilityRow");
        Schema<?> course = new Schema<>().$ref("#/components/schemas/CourseStep");
        return new ObjectSchema()
                .addProperty("from", new StringSchema().format("date-time"))
                .addProperty("to", new StringSchema().format("date-time"))
                .addProperty("by", new StringSchema())
                .addProperty("items", new ArraySchema().items(row))
                .addProperty("total", row)
                .addProperty("course", new ArraySchema().items(course))
                .addRequiredItem("from")
                .addRequiredItem("to")
                .addRequiredItem("by")
                .addRequiredItem("items")
                .addRequiredItem("total");
    }
}
