package cctvout.camera;

import static cctvout.camera.TidyText.composed;

import org.jspecify.annotations.Nullable;

/**
 * A filter over the registry; a null matches all.
 *
 * @param q part of id, name or address, case ignored
 * @param verdict name of a {@code Verdict}
 * @param limit 1 to 1000 a page
 * @param after the last id of the page before
 */
public record CameraQuery(
        @Nullable String q,
        @Nullable String verdict,
        @Nullable String line,
        @Nullable String site,
        @Nullable String district,
        @Nullable String vendor,
        @Nullable String zone,
        int limit,
        @Nullable String after) {

    public static final int MAX_LIMIT = 1000;

    /** Texts as {@link CameraDraft} keeps them. */
    public CameraQuery {
        q = composed(q);
        line = composed(line);
        site = composed(site);
        district = composed(district);
        vendor = composed(vendor);
        zone = composed(zone);
    }
}
