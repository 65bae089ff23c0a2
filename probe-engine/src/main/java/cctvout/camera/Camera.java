package cctvout.camera;

import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;

/**
 * A registered camera, as REST shows it.
 *
 * @param ip ICMP target, an address or a host name; the host of {@code hlsUrl} where none is given
 * @param hlsUrl entry playlist, http or https
 * @param line network line it hangs on, such as {@code L-17}
 * @param site building or cabinet it is wired to
 * @param zone network that only probers inside of it reach, where there are such probers
 * @param interval between two checks; the engine's default where none is given
 * @param version counts up with each change, from 1; 0 before it is stored
 */
public record Camera(
        CameraId id,
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
        boolean enabled,
        @Nullable Duration interval,
        Probes probes,
        long version) {

    /** Which checks are wanted; one that has no target is not made all the same. */
    public record Probes(boolean icmp, boolean hls) {
        public static final Probes BOTH = new Probes(true, true);
    }

    /** One of which nothing is known but its id. */
    public static Camera nameless(CameraId id) {
        return new Camera(
                id,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                Probes.BOTH,
                0);
    }

    /**
     * The host to ping: {@code ip}, else the host of {@code hlsUrl}; null where there is none or
     * ICMP is off.
     */
    @JsonIgnore
    public @Nullable String icmpTarget() {
        if (!probes.icmp()) {
            return null;
        }
        return ip != null ? ip : hlsHost();
    }

    /**
     * True where the ICMP target was taken from the HLS host: then it is the stream server's, not
     * the camera's.
     */
    @JsonIgnore
    public boolean isIcmpTargetDerived() {
        return ip == null;
    }

    /**
     * The /24 that an IPv4 {@code ip} is in, such as {@code 10.1.2.0/24}; null of anything else.
     */
    @JsonIgnore
    public @Nullable String subnet() {
        int last = ip == null ? -1 : ip.lastIndexOf('.');
        if (ip == null || last < 0 || !ip.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')) {
            return null;
        }
        return ip.substring(0, last) + ".0/24";
    }

    /** The stream check's URL; null where there is none or HLS is off. */
    @JsonIgnore
    public @Nullable String hlsTarget() {
        return probes.hls() ? hlsUrl : null;
    }

    /**
     * Host of {@code hlsUrl}, lower case, an IPv6 literal without brackets; null where there is
     * none.
     */
    @JsonIgnore
    public @Nullable String hlsHost() {
        if (hlsUrl == null) {
            return null;
        }
        try {
            String host = URI.create(hlsUrl).getHost();
            if (host == null) {
                return null;
            }
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return bare.toLowerCase(java.util.Locale.ROOT);
        } catch (IllegalArgumentException notAUrl) {
            return null;
        }
    }

    public Camera withVersion(long newVersion) {
        return new Camera(
                id,
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
                enabled,
                interval,
                probes,
                newVersion);
    }

    /** Everything equal but the version: nothing to store. */
    public boolean sameAs(Camera other) {
        return withVersion(0).equals(other.withVersion(0));
    }
}
