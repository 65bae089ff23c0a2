package cctvout.web;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entity tags (RFC 9110, 8.8.3) made of version numbers. */
final class Versions {

    // one of a list, which may have empty ones too (RFC 9110, 5.6.1)
    private static final Pattern MEMBER =
            Pattern.compile(
                    "[ \\t]*(?:(?<weak>W/)?\"(?<tag>[^\"\\x00-\\x20\\x7f]*)\"[ \\t]*)?(?:,|\\z)");
    private static final Pattern OURS = Pattern.compile("0|[1-9]\\d{0,17}");

    private Versions() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * What {@code If-Match} demands (RFC 9110, 13.1.1). A weak tag never matches.
     *
     * @throws ProblemException 412 where it names none of ours; 400 where it cannot be read
     */
    static Demanded demanded(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return Demanded.ANY;
        }
        List<Long> ours = new ArrayList<>();
        boolean none = true;
        Matcher member = MEMBER.matcher(ifMatch);
        for (int at = 0; at < ifMatch.length(); at = member.end()) {
            if (!member.region(at, ifMatch.length()).lookingAt()) {
                throw malformed(ifMatch);
            }
            String tag = member.group("tag");
            none &= tag == null;
            if (tag != null && member.group("weak") == null && OURS.matcher(tag).matches()) {
                ours.add(Long.parseLong(tag));
            }
        }
        if (none) {
            throw malformed(ifMatch);
        }
        if (ours.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.PRECONDITION_FAILED, "If-Match: no version has this entity tag");
        }
        return new Demanded(ours);
    }

    private static ProblemException malformed(String ifMatch) {
        return ProblemException.refused(
                new Violation(
                        HttpHeaders.IF_MATCH,
                        ifMatch,
                        "must be *, or entity tags as ETag gives them, with commas between"));
    }
}
