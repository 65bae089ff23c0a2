package cctvout.security;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One change, or the try of one.
 *
 * @param seq ascending; 0 where it is not stored yet
 * @param tokenId of the token that was shown, if one was
 * @param status what was answered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        long seq,
        Instant at,
        String account,
        @Nullable String tokenId,
        String address,
        String method,
        String path,
        int status) {}
