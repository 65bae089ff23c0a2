package cctvout.schedule;

import cctvout.camera.CameraId;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * When a camera's rounds are: every interval, at a phase of its own that comes from its id alone.
 * So the rounds of a city are spread evenly, a restart finds the same phases, and nothing has to be
 * remembered.
 */
public final class ProbeSchedule {

    /** Shortest and longest interval that a camera may have. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    public static final Duration LONGEST = Duration.ofHours(24);

    private ProbeSchedule() {}

    /**
     * The first round after {@code nowNanos}, on any clock whose zero does not move.
     *
     * @return nanoseconds on that clock, above {@code nowNanos}, at most one interval later
     */
    public static long nextRound(CameraId id, Duration interval, long nowNanos) {
        return nextRound(place(id), interval, nowNanos);
    }

    /** The same of the camera that has this {@link #place}. */
    public static long nextRound(long place, Duration interval, long nowNanos) {
        long period = interval.toNanos();
        long phase = phase(place, period);
        long sinceRound = Math.floorMod(nowNanos - phase, period);
        return nowNanos - sinceRound + period;
    }

    /** 0 to {@code period}, spread evenly over all ids. */
    private static long phase(long place, long period) {
        return (long) ((place >>> 11) * 0x1.0p-53 * period);
    }

    /**
     * Where in its interval a camera's rounds are, whatever the interval: worth keeping. FNV-1a,
     * then the finalizer of MurmurHash3: neighbouring ids end far apart.
     */
    public static long place(CameraId id) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : id.value().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
