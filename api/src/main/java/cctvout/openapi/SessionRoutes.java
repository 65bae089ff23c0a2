package cctvout.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

/** The page's way in and out, which no controller serves. */
final class SessionRoutes {

    private SessionRoutes() {}

    static void add(OpenAPI document) {
        Schema<?> known =
                new ObjectSchema()
                        .addProperty("user", new StringSchema())
                        .addProperty("role", new StringSchema())
                        .addProperty("recipientId", new StringSchema())
                        .addProperty("security", new BooleanSchema())
                        .addRequiredItem("user")
                        .addRequiredItem("security");
        Schema<?> name =
                new ObjectSchema().addProperty("user", new StringSchema()).addRequiredItem("user");
        Schema<?> login =
                new ObjectSchema()
                        .addProperty("username", new StringSchema())
                        .addProperty("password", new StringSchema())
                        .addRequiredItem("username")
                        .addRequiredItem("password");
        document.getPaths()
                .addPathItem(
                        "/api/session",
                        new PathItem().get(operation("session", answer("200", "OK", known))));
        ApiResponses in = answer("200", "Logged in, with a session", name);
        Problems.add(in, 400, 401, 403, 413, 415, 429, 503);
        document.getPaths()
                .addPathItem(
                        "/login",
                        new PathItem()
                                .post(
                                        operation("login", in)
                                                .requestBody(
                                                        new RequestBody()
                                                                .required(true)
                                                                .content(json(login)))));
        ApiResponses out =
                new ApiResponses().addApiResponse("204", new ApiResponse().description("Done"));
        Problems.add(out, 403);
        document.getPaths().addPathItem("/logout", new PathItem().post(operation("logout", out)));
    }

    private static Operation operation(String id, ApiResponses answers) {
        return new Operation().operationId(id).addTagsItem("session").responses(answers);
    }

    private static ApiResponses answer(String status, String words, Schema<?> schema) {
        return new ApiResponses()
                .addApiResponse(status, new ApiResponse().description(words).content(json(schema)));
    }

    private static Content json(Schema<?> schema) {
        return new Content().addMediaType(RouteOperations.JSON, new MediaType().schema(schema));
    }
}
