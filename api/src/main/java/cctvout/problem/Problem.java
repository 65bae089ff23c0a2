package cctvout.problem;

import cctvout.record.Violation;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;

/**
 * Problem details, RFC 9457 section 3.1.
 *
 * @param title the status in words
 * @param detail what was wrong this time
 * @param instance path of the request
 * @param errors the fields that were refused; left out where it is not about fields
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> errors) {}
