package cctvout.web;

import cctvout.problem.ProblemException;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entity tags (RFC 9110, 8.8.3) made of version numbers. */
final class Versions {

    private static final Pattern ONE = Pattern.compile("\"(\\d{1,18})\"");

    private Versions() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that {@code If-Match} demands; empty where it demands none, or any.
     *
     * @throws ProblemException 412 where it names none of ours; 400 where it names several
     */
    static OptionalLong demanded(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return OptionalLong.empty();
        }
        Matcher one = ONE.matcher(ifMatch.strip());
        if (one.matches()) {
            return OptionalLong.of(Long.parseLong(one.group(1)));
        }
        if (ifMatch.indexOf(',') >= 0) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "If-Match: one entity tag at most");
        }
        throw new ProblemException(
                HttpStatus.PRECONDITION_FAILED, "If-Match: no version has this entity tag");
    }
}
