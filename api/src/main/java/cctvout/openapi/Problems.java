package cctvout.openapi;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

import org.springframework.http.HttpStatus;

/** Answers that are problem details (RFC 9457). */
final class Problems {

    private Problems() {}

    static void add(ApiResponses answers, int... statuses) {
        for (int status : statuses) {
            answers.addApiResponse(Integer.toString(status), problem(status));
        }
    }

    private static ApiResponse problem(int status) {
        ApiResponse problem =
                new ApiResponse()
                        .description(HttpStatus.valueOf(status).getReasonPhrase())
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(
                                                                new Schema<>()
                                                                        .$ref(
                                                                                "#/components/schemas/Problem"))));
        if (status == 429) {
            problem.addHeaderObject(
                    "Retry-After",
                    new Header().description("Seconds to wait").schema(new IntegerSchema()));
        }
        return problem;
    }
}
