package cctvout.dashboard;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the page is told.
 *
 * @param tilesUrl template of a map tile's address with {@code {z}}, {@code {x}} and {@code {y}};
 *     null where the city's network has no such server: the map then has a plain background
 * @param tilesAttribution who made the map, shown in its corner
 */
@ConfigurationProperties("cctvout.dashboard")
public record DashboardSettings(@Nullable String tilesUrl, @Nullable String tilesAttribution) {

    private static final Pattern HOST =
            Pattern.compile(
                    "(https?://(?:\\[[0-9a-fA-F:.]+]|[\\w.-]+)(?::\\d{1,5})?)/[^\\s;,'\"]*");

    public DashboardSettings {
        if (tilesUrl != null && tilesUrl.isBlank()) {
            tilesUrl = null;
        }
        if (tilesUrl != null) {
            boolean whole =
                    tilesUrl.contains("{z}")
                            && tilesUrl.contains("{x}")
                            && tilesUrl.contains("{y}");
            if (!whole || !HOST.matcher(tilesUrl).matches()) {
                throw new IllegalArgumentException(
                        "cctvout.dashboard.tiles-url: http(s)://HOST/…{z}…{x}…{y}… is wanted, not "
                                + tilesUrl);
            }
        }
    }

    /** Scheme, host and port of the tiles' server; empty where there is none. */
    String tilesOrigin() {
        if (tilesUrl == null) {
            return "";
        }
        Matcher host = HOST.matcher(tilesUrl);
        return host.matches() ? host.group(1) : "";
    }
}
