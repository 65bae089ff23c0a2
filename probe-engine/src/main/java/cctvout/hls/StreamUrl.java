package cctvout.hls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.util.Locale;

/**
 * An http or https URL, its path as it was written: session tokens do not survive re-encoding. Only
 * what cannot stand in a request line (spaces, control characters, non-ASCII) is percent-encoded.
 *
 * @param secure https
 * @param host lower case, an IPv6 literal without brackets
 * @param path and query, from the first slash on, without fragment
 */
record StreamUrl(boolean secure, String host, int port, String path) {

    private static final int LONGEST = 8192;

    /**
     * @throws StreamFault {@link HlsReason#INVALID_URL}
     */
    static StreamUrl parse(String text) {
        String url = text.strip();
        if (url.length() > LONGEST) {
            throw invalid("longer than " + LONGEST + " characters");
        }
        int colon = schemeEnd(url);
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw invalid(colon < 0 ? "no scheme" : "scheme " + scheme + " is not http or https");
        }
        if (!url.startsWith("//", colon + 1)) {
            throw invalid("no // after the scheme");
        }
        int from = colon + 3;
        int to = firstOf(url, from, "/?#");
        return of(scheme.equals("https"), url.substring(from, to), url.substring(to));
    }

    private static StreamUrl of(boolean secure, String authority, String rest) {
        if (authority.indexOf('@') >= 0) {
            throw invalid("user information in it");
        }
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', bracket + 1);
        String name = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        String path = encoded(rest.substring(0, firstOf(rest, 0, "#")));
        return new StreamUrl(
                secure,
                host(name),
                port.isEmpty() ? (secure ? 443 : 80) : port(port),
                path.startsWith("/") ? path : "/" + path);
    }

    private static String host(String name) {
        if (name.startsWith("[") && name.endsWith("]")) {
            String literal = name.substring(1, name.length() - 1);
            if (literal.indexOf(':') < 0 || !onlyOf(literal, "0123456789abcdefABCDEF:.")) {
                throw invalid("[" + literal + "] is not an IPv6 address");
            }
            return literal.toLowerCase(Locale.ROOT);
        }
        String ascii = (printable(name) ? name : ascii(name)).toLowerCase(Locale.ROOT);
        if (ascii.isEmpty()) {
            throw invalid("no host");
        }
        if (ascii.length() > 253 || !onlyOf(ascii, "abcdefghijklmnopqrstuvwxyz0123456789.-_")) {
            throw invalid("host '" + encoded(name) + "' is not a name");
        }
        return ascii;
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException notAName) {
            throw invalid("host '" + encoded(name) + "' is not a name");
        }
    }

    private static int port(String digits) {
        long port = digits.length() > 5 ? -1 : Decimal.whole(digits);
        if (port < 1 || port > 65535) {
            throw invalid("port is not between 1 and 65535");
        }
        return (int) port;
    }

    /**
     * A reference of this document (RFC 3986 section 5.2).
     *
     * @throws StreamFault {@link HlsReason#INVALID_URL}
     */
    StreamUrl resolve(String reference) {
        String text = reference.strip();
        if (schemeEnd(text) >= 0) {
            return parse(text);
        }
        if (text.startsWith("//")) {
            return parse((secure ? "https:" : "http:") + text);
        }
        String relative = encoded(text.substring(0, firstOf(text, 0, "#")));
        if (relative.length() > LONGEST) {
            throw invalid("longer than " + LONGEST + " characters");
        }
        String base = path.substring(0, firstOf(path, 0, "?"));
        if (relative.isEmpty()) {
            return this;
        }
        if (relative.startsWith("?")) {
            return withPath(base + relative);
        }
        String merged =
                relative.startsWith("/")
                        ? relative
                        : base.substring(0, base.lastIndexOf('/') + 1) + relative;
        int query = firstOf(merged, 0, "?");
        return withPath(withoutDots(merged.substring(0, query)) + merged.substring(query));
    }

    private StreamUrl withPath(String other) {
        return new StreamUrl(secure, host, port, other);
    }

    /** RFC 3986 section 5.2.4. */
    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int end = path.indexOf('/', at + 1);
            end = end < 0 ? path.length() : end;
            String segment = path.substring(at, end);
            boolean last = end == path.length();
            if (segment.equals("/..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            } else if (!segment.equals("/.")) {
                out.append(segment);
            }
            if (last && (segment.equals("/..") || segment.equals("/."))) {
                out.append('/');
            }
            at = end;
        }
        return out.isEmpty() ? "/" : out.toString();
    }

    /** As the Host header names it: without the scheme's own port. */
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority() + path;
    }

    /** Where the scheme's colon is; -1 where there is no scheme. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean later = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            if (!letter && (i == 0 || !later)) {
                return -1;
            }
        }
        return -1;
    }

    private static int firstOf(String text, int from, String ends) {
        for (int i = from; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean onlyOf(String text, String allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (allowed.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String encoded(String text) {
        if (printable(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        for (byte b : text.getBytes(UTF_8)) {
            if (b > ' ' && b < 0x7f) {
                out.append((char) b);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", b));
            }
        }
        return out.toString();
    }

    private static StreamFault invalid(String why) {
        return new StreamFault(HlsReason.INVALID_URL, "URL is invalid: " + why);
    }
}
