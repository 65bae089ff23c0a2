package cctvout.simulator;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;

import org.jspecify.annotations.Nullable;

/**
 * One camera of a fleet.
 *
 * @param number from 1; its stream is {@code camNNNNN.stream}
 * @param device its own address, 127.a.b.c as four bytes in one int
 * @param host address that serves its stream: {@code device}, or a media server's
 * @param listed whether the registry knows {@code device}; else only the stream is known
 */
public record SimulatedCamera(
        int number,
        CameraId id,
        String name,
        @Nullable String address,
        @Nullable Double latitude,
        @Nullable Double longitude,
        int device,
        int host,
        boolean listed,
        String line,
        String site,
        String district,
        String vendor) {

    /** The path of everything of this camera's stream begins with it. */
    public String path() {
        return "/live/" + stream(number) + "/";
    }

    /** Entry playlist of the stream on a fleet server's port. */
    public String hlsUrl(int port) {
        return "http://" + Fleet.text(host) + ":" + port + path() + Resource.ENTRY;
    }

    /** Media playlist of the stream, which the entry playlist leads to. */
    public String mediaUrl(int port) {
        return "http://" + Fleet.text(host) + ":" + port + path() + Resource.chunklist(number);
    }

    /** The ICMP target that is registered; null where none is. */
    public @Nullable String ip() {
        return listed ? Fleet.text(device) : null;
    }

    /** As it is registered, not stored yet. */
    public Camera registered(int port) {
        return new Camera(
                id,
                name,
                address,
                latitude,
                longitude,
                ip(),
                hlsUrl(port),
                line,
                site,
                district,
                vendor,
                null,
                true,
                null,
                Camera.Probes.BOTH,
                0);
    }

    static String stream(int number) {
        return "cam"
                + "0".repeat(Math.max(0, 5 - String.valueOf(number).length()))
                + number
                + ".stream";
    }
}
