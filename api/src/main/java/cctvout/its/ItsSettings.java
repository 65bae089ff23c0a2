package cctvout.its;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The ITS open API's list of cameras; nothing is fetched where no URL is given.
 *
 * @param url of the list as JSON, with its area and kind of road, such as {@code
 *     https://openapi.its.go.kr:9443/cctvInfo?type=all&cctvType=4&getType=json&minX=…}
 * @param apiKey added to it as {@code apiKey}; a secret
 * @param interval between two fetches, 10 s to 1 day; shorter than a stream's URL lives
 * @param retry after one that failed, 1 s to the interval
 * @param deadline of one, 100 ms to 5 min
 * @param maxBytes of one answer, 1 KB to 64 MB
 * @param maxCameras of one answer, 1 to 100,000; those beyond are left out, and said to be
 * @param absences fetches in a row that a camera may be missing from, 1 to 1000; then it is paused
 * @param line that a new camera hangs on
 * @param site that a new camera is at
 * @param district that a new camera is in
 * @param vendor of a new camera
 */
@ConfigurationProperties("cctvout.its")
record ItsSettings(
        @Nullable URI url,
        @Nullable String apiKey,
        @DefaultValue("10m") Duration interval,
        @DefaultValue("1m") Duration retry,
        @DefaultValue("30s") Duration deadline,
        @DefaultValue("32MB") DataSize maxBytes,
        @DefaultValue("50000") int maxCameras,
        @DefaultValue("3") int absences,
        @Nullable String line,
        @Nullable String site,
        @Nullable String district,
        @Nullable String vendor) {

    ItsSettings {
        if (url != null
                && (!url.toString().matches("https?://[^@\\s]+") || url.getHost() == null)) {
            // without the value: a key may be in it
            throw bad("url", "an http or https URL");
        }
        between("interval", interval, Duration.ofSeconds(10), Duration.ofDays(1));
        between("retry", retry, Duration.ofSeconds(1), interval);
        between("deadline", deadline, Duration.ofMillis(100), Duration.ofMinutes(5));
        between("max-bytes", maxBytes.toBytes(), 1024, 64L << 20);
        between("max-cameras", maxCameras, 1, 100_000);
        between("absences", absences, 1, 1000);
    }

    /** With the key. */
    URI keyed(URI list) {
        String key = apiKey;
        if (key == null || key.isBlank()) {
            return list;
        }
        String mark = list.getRawQuery() == null ? "?" : "&";
        return URI.create(list + mark + "apiKey=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
    }

    /** What somebody else said, without the key, should they repeat it. */
    String withoutKey(String said) {
        String key = apiKey;
        return key == null || key.isBlank() ? said : said.replace(key, "***");
    }

    private static <T extends Comparable<T>> void between(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw bad(name, "between " + least + " and " + most);
        }
    }

    private static void between(String name, long value, long least, long most) {
        between(name, Long.valueOf(value), Long.valueOf(least), Long.valueOf(most));
    }

    private static IllegalArgumentException bad(String name, String expected) {
        return new IllegalArgumentException("cctvout.its." + name + ": " + expected);
    }

    /** Without URL and key. */
    @Override
    public String toString() {
        return "ItsSettings[" + (url == null ? "off" : url.getHost()) + "]";
    }
}
