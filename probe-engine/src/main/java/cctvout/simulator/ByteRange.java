package cctvout.simulator;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes of a body (RFC 9110, 14.1.2).
 *
 * @param from first
 * @param to after the last; not above {@code from} where the range cannot be satisfied
 */
record ByteRange(int from, int to) {

    private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,9})-(\\d{0,9})");

    /** Null where there is none, or one that is not understood: the whole body is sent then. */
    static @Nullable ByteRange parse(@Nullable String header, int size) {
        Matcher form = header == null ? null : FORM.matcher(header);
        if (form == null || !form.matches() || form.group().length() == "bytes=-".length()) {
            return null;
        }
        String first = form.group(1);
        String last = form.group(2);
        if (first.isEmpty()) {
            return new ByteRange(size - Math.min(size, Integer.parseInt(last)), size);
        }
        int from = Integer.parseInt(first);
        int to = last.isEmpty() ? size : Math.min(size, Integer.parseInt(last) + 1);
        if (!last.isEmpty() && Integer.parseInt(last) < from) {
            return null;
        }
        return new ByteRange(from, to);
    }

    boolean isSatisfiable() {
        return from < to;
    }

    String contentRange(int size) {
        return isSatisfiable() ? "bytes " + from + "-" + (to - 1) + "/" + size : "bytes */" + size;
    }
}
