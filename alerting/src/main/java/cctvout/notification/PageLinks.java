package cctvout.notification;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where in the page a notice leads, made of the page's address and our own ids alone; empty texts
 * where the address is not known.
 */
public final class PageLinks {

    static final int LONGEST = 200;

    /** To nowhere. */
    public static final PageLinks NONE = new PageLinks("");

    private static final String WANTED =
            "http(s)://HOST[:PORT][/PATH] is wanted, of at most " + LONGEST + " characters";

    private final String page;

    private PageLinks(String page) {
        this.page = page;
    }

    /**
     * @param address of the page; blank: none
     * @throws IllegalArgumentException that says what is wanted; the address may hold a password
     */
    public static PageLinks to(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return NONE;
        }
        try {
            URI page = new URI(address.strip());
            if (page.toString().length() > LONGEST || !isPlain(page)) {
                throw new IllegalArgumentException(WANTED);
            }
            return new PageLinks(page.toASCIIString().replaceFirst("/+$", ""));
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException(WANTED);
        }
    }

    /** With a host, and with nothing that does not belong before a path of ours. */
    private static boolean isPlain(URI page) {
        boolean web = "http".equalsIgnoreCase(page.getScheme());
        boolean secure = "https".equalsIgnoreCase(page.getScheme());
        return (web || secure)
                && page.getHost() != null
                && !page.getRawAuthority().endsWith(":")
                && page.getPort() != 0
                && page.getPort() <= 65_535
                && page.getRawUserInfo() == null
                && page.getRawQuery() == null
                && page.getRawFragment() == null;
    }

    String issue(String id) {
        return at("/issues/" + segment(id));
    }

    String outage(String id) {
        return at("/outages/" + segment(id));
    }

    String issues() {
        return at("/issues");
    }

    /** Staff find the engine's health there, and a recipient the inbox. */
    String home() {
        return at("/");
    }

    /** What a notice is about. */
    String of(Notification notice) {
        if (notice.issueId() != null) {
            return issue(notice.issueId());
        }
        if (notice.outageId() != null) {
            return outage(notice.outageId());
        }
        return notice.alarmId() != null ? home() : issues();
    }

    private String at(String path) {
        return page.isEmpty() ? "" : page + path;
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
