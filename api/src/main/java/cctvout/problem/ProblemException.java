package cctvout.problem;

import cctvout.record.Violation;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** A request that is answered with a problem: thrown, or signalled, by whoever serves it. */
public final class ProblemException extends RuntimeException {

    private final HttpStatus status;
    private final transient List<Violation> errors;
    private final transient HttpHeaders headers;

    private ProblemException(
            HttpStatus status, String detail, List<Violation> errors, HttpHeaders headers) {
        // an answer, not a defect: nobody reads its stack
        super(detail, null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.headers = headers;
    }

    ProblemException(HttpStatus status, String detail, HttpHeaders headers) {
        this(status, detail, List.of(), headers);
    }

    public ProblemException(HttpStatus status, String detail) {
        this(status, detail, List.of(), HttpHeaders.EMPTY);
    }

    /** 400; the detail names the fields. */
    public static ProblemException refused(List<Violation> errors) {
        String detail =
                errors.stream()
                        .map(error -> error.field() + ": " + error.reason())
                        .collect(Collectors.joining("; "));
        return new ProblemException(HttpStatus.BAD_REQUEST, detail, errors, HttpHeaders.EMPTY);
    }

    /** The same with words of its own. */
    public static ProblemException refused(String detail, List<Violation> errors) {
        return new ProblemException(HttpStatus.BAD_REQUEST, detail, errors, HttpHeaders.EMPTY);
    }

    public static ProblemException refused(Violation error) {
        return refused(List.of(error));
    }

    /** 400: no page of this list ever gave it as its {@code next}. */
    public static ProblemException noCursor(String cursor) {
        return refused(new Violation("cursor", cursor, "not one that a page before gave"));
    }

    /** 404. */
    public static ProblemException unknown(String kind, String id) {
        return new ProblemException(HttpStatus.NOT_FOUND, kind + " " + id + " is unknown");
    }

    /** 409. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, detail);
    }

    /** 405, with what is taken instead. */
    public static ProblemException noMethod(String method, Collection<HttpMethod> taken) {
        HttpHeaders headers = new HttpHeaders();
        headers.setAllow(new LinkedHashSet<>(taken));
        String detail = "the method " + method + " is not taken here";
        return new ProblemException(HttpStatus.METHOD_NOT_ALLOWED, detail, List.of(), headers);
    }

    /** 415: a body that would have to be unpacked first (RFC 9110, 15.5.16). */
    public static ProblemException packed(String encoding) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT_ENCODING, "identity");
        String reason = "is not taken: send the body unpacked";
        return new ProblemException(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "Content-Encoding: " + reason,
                List.of(new Violation(HttpHeaders.CONTENT_ENCODING, encoding, reason)),
                headers);
    }

    /** 503. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, detail);
    }

    /** 429 with Retry-After, rounded up to whole seconds. */
    public static ProblemException tooMany(String detail, Duration retryAfter) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.plusMillis(999).toSeconds()));
        return new ProblemException(HttpStatus.TOO_MANY_REQUESTS, detail, List.of(), headers);
    }

    public HttpStatus status() {
        return status;
    }

    public List<Violation> errors() {
        return errors;
    }

    HttpHeaders headers() {
        return headers;
    }
}
