package cctvout.hls;

import org.jspecify.annotations.Nullable;

/** Attribute lists of playlist tags (RFC 8216 section 4.2). */
final class Attributes {

    private Attributes() {}

    /** An attribute's value, without its quotes; null where it is absent. Linear. */
    static @Nullable String value(String list, String name) {
        int at = 0;
        while (at < list.length()) {
            int equals = list.indexOf('=', at);
            if (equals < 0) {
                return null;
            }
            int from = skipSpaces(list, equals + 1);
            boolean quoted = from < list.length() && list.charAt(from) == '"';
            int to = quoted ? list.indexOf('"', from + 1) : list.indexOf(',', from);
            if (to < 0) {
                to = list.length();
            }
            if (list.substring(at, equals).strip().equals(name)) {
                return list.substring(quoted ? from + 1 : from, to).strip();
            }
            int comma = list.indexOf(',', to);
            if (comma < 0) {
                return null;
            }
            at = comma + 1;
        }
        return null;
    }

    private static int skipSpaces(String list, int from) {
        int at = from;
        while (at < list.length() && list.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
