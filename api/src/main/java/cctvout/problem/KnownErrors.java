package cctvout.problem;

import cctvout.engine.EngineBusyException;
import cctvout.engine.EngineStoppingException;
import cctvout.issue.ImpossibleStepException;
import cctvout.issue.TooManyCommentsException;
import cctvout.notification.NotResendableException;
import cctvout.record.InvalidRecordException;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;
import cctvout.record.Violation;
import cctvout.relay.NobodyProbesException;
import cctvout.relay.RelayBusyException;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebInputException;

import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;

/** Which answer an error becomes. */
final class KnownErrors {

    /** A check takes about as long. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private KnownErrors() {}

    /** Null where it is a defect of ours. */
    static @Nullable ProblemException answerTo(Throwable error) {
        return switch (error) {
            case ProblemException problem -> problem;
            case InvalidRecordException invalid -> ProblemException.refused(invalid.violations());
            case RecordExistsException exists -> ProblemException.conflict(said(exists));
            case StaleRecordException stale ->
                    new ProblemException(HttpStatus.PRECONDITION_FAILED, said(stale));
            case EngineBusyException busy -> ProblemException.tooMany(said(busy), SOON);
            case EngineStoppingException stopping -> ProblemException.unavailable(said(stopping));
            case RelayBusyException busy -> ProblemException.tooMany(said(busy), SOON);
            case NobodyProbesException nobody -> ProblemException.unavailable(said(nobody));
            case ImpossibleStepException step -> ProblemException.conflict(said(step));
            case TooManyCommentsException full -> ProblemException.conflict(said(full));
            case NotResendableException over -> ProblemException.conflict(said(over));
            case NoResourceFoundException _ ->
                    new ProblemException(HttpStatus.NOT_FOUND, "there is nothing at this path");
            case ServerWebInputException input -> ofInput(input);
            case ContentTooLargeException _ -> tooLarge();
            case MethodNotAllowedException method -> ofMethod(method);
            case ErrorResponse response -> ofSpring(response);
            case DataBufferLimitException tooLarge -> tooLarge();
            case Throwable other when isDatabaseAway(other) ->
                    ProblemException.unavailable("the database does not answer, try again");
            default -> null;
        };
    }

    /** A GET is a HEAD too, and OPTIONS asks for all of them. */
    private static ProblemException ofMethod(MethodNotAllowedException method) {
        Set<HttpMethod> taken = new TreeSet<>(method.getSupportedMethods());
        if (taken.contains(HttpMethod.GET)) {
            taken.add(HttpMethod.HEAD);
        }
        taken.add(HttpMethod.OPTIONS);
        return ProblemException.noMethod(method.getHttpMethod(), taken);
    }

    private static ProblemException ofInput(ServerWebInputException input) {
        for (Throwable cause = input; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataBufferLimitException) {
                return tooLarge();
            }
            if (cause instanceof StreamReadException malformed) {
                TokenStreamLocation at = malformed.getLocation();
                return ProblemException.refused(
                        new Violation(
                                "body",
                                null,
                                "malformed JSON at line "
                                        + at.getLineNr()
                                        + ", column "
                                        + at.getColumnNr()));
            }
            if (cause instanceof TypeMismatchException mismatch) {
                return ProblemException.refused(ofParameter(input, mismatch));
            }
            if (cause instanceof MissingRequestValueException missing) {
                return ProblemException.refused(new Violation(missing.getName(), null, "required"));
            }
        }
        return input.getCause() instanceof DecodingException
                ? ProblemException.refused(
                        new Violation("body", null, "is not what its Content-Type says"))
                : ofSpring(input);
    }

    private static Violation ofParameter(
            ServerWebInputException input, TypeMismatchException mismatch) {
        String name =
                input.getMethodParameter() == null
                        ? "parameter"
                        : input.getMethodParameter().getParameterName();
        Object value = mismatch.getValue();
        return new Violation(
                name == null ? "parameter" : name,
                value == null ? null : value.toString(),
                expected(mismatch.getRequiredType()));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "not a value of this parameter";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        return Wanted.of(type);
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                HttpStatus.CONTENT_TOO_LARGE,
                "the body is larger than spring.http.codecs.max-in-memory-size allows");
    }

    private static ProblemException ofSpring(ErrorResponse response) {
        HttpStatus status = HttpStatus.resolve(response.getStatusCode().value());
        String detail = response.getBody().getDetail();
        return new ProblemException(
                status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status,
                detail == null ? "" : detail,
                response.getHeaders());
    }

    private static boolean isDatabaseAway(Throwable error) {
        return error instanceof DataAccessResourceFailureException
                || error instanceof TransientDataAccessException
                || error instanceof CannotCreateTransactionException
                || error instanceof R2dbcTransientException
                || error instanceof R2dbcNonTransientResourceException
                || error instanceof TimeoutException;
    }

    private static String said(Throwable error) {
        return String.valueOf(error.getMessage());
    }
}
