package cctvout.camera;

import cctvout.network.AllowedNetworks;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What may be pinged or fetched. A host that is an address must be written as one: {@code
 * 2130706433}, {@code 0x7f.1} and {@code 127.1} are taken for 127.0.0.1 by many resolvers, so that
 * they would slip past the ranges.
 */
final class TargetCheck {

    static final int MAX_URL = 2048;
    static final int MAX_HOST = 253;

    private static final Pattern QUAD =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)"
                            + "(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*");
    // WHATWG URL, "ends in a number": such a host is never a name
    private static final Pattern NUMBER_AT_END =
            Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9A-Fa-f]*)");

    private static final String FORM = "not an IPv4 address, IPv6 address or host name";

    private final AllowedNetworks networks;
    private final String refusal;

    TargetCheck(AllowedNetworks networks, String refusal) {
        this.networks = networks;
        this.refusal = refusal;
    }

    void host(String field, @Nullable String host, List<Violation> found) {
        if (host != null) {
            String refused = refusal(host);
            if (refused != null) {
                found.add(new Violation(field, CameraCheck.visible(host), refused));
            }
        }
    }

    void url(String field, @Nullable String url, List<Violation> found) {
        if (url != null) {
            String refused = urlRefusal(url);
            if (refused != null) {
                found.add(new Violation(field, CameraCheck.visible(withoutUser(url)), refused));
            }
        }
    }

    private @Nullable String urlRefusal(String url) {
        if (url.length() > MAX_URL) {
            return "at most " + MAX_URL + " characters";
        }
        if (CameraCheck.anyUnprintable(url)) {
            return "no control characters";
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            return "not a URL: " + malformed.getReason().toLowerCase(Locale.ROOT);
        }
        String scheme = uri.getScheme();
        if (scheme == null
                || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            return "must begin with http:// or https://";
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
            return "no user or password in the URL";
        }
        if (uri.getHost() == null) {
            // a number such as 0x7f.1 is no host to java.net.URI either
            return "has no host: " + FORM;
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return "port between 1 and 65535";
        }
        String host = uri.getHost();
        return refusal(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    private @Nullable String refusal(String host) {
        if (host.length() > MAX_HOST) {
            return "at most " + MAX_HOST + " characters";
        }
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (QUAD.matcher(bare).matches() || host.indexOf(':') >= 0 && host.indexOf('%') < 0) {
            return addressRefusal(bare);
        }
        if (NUMBER_AT_END.matcher(bare).matches()) {
            return "an IPv4 address is written as four numbers, such as 192.168.0.10";
        }
        if (!NAME.matcher(bare).matches()) {
            return FORM;
        }
        String lower = bare.toLowerCase(Locale.ROOT);
        boolean own = lower.equals("localhost") || lower.endsWith(".localhost"); // RFC 6761, 6.3
        return own ? addressRefusal("127.0.0.1") : null;
    }

    private @Nullable String addressRefusal(String literal) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException malformed) {
            return FORM;
        }
        if (networks.registrable(address)) {
            return null;
        }
        return refusal;
    }

    private static String withoutUser(String url) {
        return url.replaceFirst("//[^/@]*@", "//***@");
    }
}
