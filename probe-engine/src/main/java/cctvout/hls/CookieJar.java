package cctvout.hls;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cookies of one check (RFC 6265, without expiry: a check is over too soon for that). */
final class CookieJar {

    private static final int LIMIT = 32;

    private record Stored(
            String name,
            String value,
            String domain,
            boolean hostOnly,
            String path,
            boolean secure) {

        boolean goesTo(StreamUrl url) {
            boolean host =
                    url.host().equals(domain) || !hostOnly && url.host().endsWith("." + domain);
            return host && (!secure || url.secure()) && covers(url.path());
        }

        private boolean covers(String requested) {
            if (!requested.startsWith(path)) {
                return false;
            }
            return path.endsWith("/")
                    || requested.length() == path.length()
                    || "/?".indexOf(requested.charAt(path.length())) >= 0;
        }
    }

    private @Nullable List<Stored> cookies;

    void take(Answer answer) {
        for (String header : answer.headers().getAll(HttpHeaderNames.SET_COOKIE)) {
            Cookie cookie = ClientCookieDecoder.LAX.decode(header);
            if (cookie != null) {
                take(cookie, answer.url());
            }
        }
    }

    private void take(Cookie cookie, StreamUrl url) {
        String domain = cookie.domain() == null ? "" : cookie.domain().toLowerCase(Locale.ROOT);
        domain = domain.startsWith(".") ? domain.substring(1) : domain;
        boolean hostOnly = domain.isEmpty() || domain.equals(url.host());
        if (!hostOnly && !(url.host().endsWith("." + domain) && domain.indexOf('.') > 0)) {
            return;
        }
        String home = hostOnly ? url.host() : domain;
        String path = path(cookie.path(), url.path());
        List<Stored> kept = cookies == null ? new ArrayList<>(2) : cookies;
        kept.removeIf(
                c -> c.name.equals(cookie.name()) && c.domain.equals(home) && c.path.equals(path));
        boolean alive = cookie.maxAge() == Cookie.UNDEFINED_MAX_AGE || cookie.maxAge() > 0;
        if (alive && kept.size() < LIMIT) {
            String value = cookie.value();
            kept.add(new Stored(cookie.name(), value, home, hostOnly, path, cookie.isSecure()));
        }
        cookies = kept;
    }

    /** RFC 6265 section 5.1.4. */
    private static String path(@Nullable String given, String requested) {
        if (given != null && given.startsWith("/")) {
            return given;
        }
        int query = requested.indexOf('?');
        String path = query < 0 ? requested : requested.substring(0, query);
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    /** Value of the Cookie header; null where none goes there. */
    @Nullable String header(StreamUrl url) {
        if (cookies == null) {
            return null;
        }
        StringBuilder header = new StringBuilder();
        for (Stored cookie : cookies) {
            if (cookie.goesTo(url)) {
                header.append(header.isEmpty() ? "" : "; ");
                header.append(cookie.name).append('=').append(cookie.value);
            }
        }
        return header.isEmpty() ? null : header.toString();
    }
}
