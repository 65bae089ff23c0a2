package cctvout.camera;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.time.Duration;

/**
 * A camera as somebody gave it, not yet checked; every field may be missing. A blank text counts as
 * missing, outer white space is dropped, a Mac's decomposed Hangul is composed: what looks the same
 * is the same.
 */
public record CameraDraft(
        @Nullable String id,
        @Nullable String name,
        @Nullable String address,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable String ip,
        @Nullable String hlsUrl,
        @Nullable String line,
        @Nullable String site,
        @Nullable String district,
        @Nullable String vendor,
        @Nullable String zone,
        @Nullable Boolean enabled,
        @Nullable Duration interval,
        @Nullable Boolean probeIcmp,
        @Nullable Boolean probeHls) {

    public CameraDraft {
        id = tidy(id);
        name = composed(name);
        address = composed(address);
        ip = tidy(ip);
        hlsUrl = tidy(hlsUrl);
        line = composed(line);
        site = composed(site);
        district = composed(district);
        vendor = composed(vendor);
        zone = composed(zone);
    }

    /**
     * The camera at version 0, with both probes on and enabled where nothing was said. Only for a
     * draft that {@link CameraCheck} found nothing wrong with.
     */
    public Camera toCamera() {
        if (id == null) {
            throw new IllegalStateException("id: missing, so the draft was not checked");
        }
        return new Camera(
                new CameraId(id),
                name,
                address,
                latitude,
                longitude,
                ip,
                hlsUrl,
                line,
                site,
                district,
                vendor,
                zone,
                enabled == null || enabled,
                interval,
                new Camera.Probes(probeIcmp == null || probeIcmp, probeHls == null || probeHls),
                0);
    }

    /** As names and places are kept, and so as they are looked for. */
    static @Nullable String composed(@Nullable String text) {
        String tidy = tidy(text);
        return tidy == null ? null : Normalizer.normalize(tidy, Normalizer.Form.NFC);
    }

    private static @Nullable String tidy(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
