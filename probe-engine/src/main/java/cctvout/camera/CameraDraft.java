package cctvout.camera;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A camera as somebody gave it, not yet checked; every field may be missing. A blank text counts as
 * missing, every other one is tidy as {@link TidyText} makes it.
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
        id = TidyText.of(id);
        name = TidyText.composed(name);
        address = TidyText.composed(address);
        ip = TidyText.of(ip);
        hlsUrl = TidyText.of(hlsUrl);
        line = TidyText.composed(line);
        site = TidyText.composed(site);
        district = TidyText.composed(district);
        vendor = TidyText.composed(vendor);
        zone = TidyText.composed(zone);
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
}
