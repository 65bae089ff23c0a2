package cctvout.hls;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a live playlist had come, and since when: what freshness is judged by.
 *
 * @param position media sequence number of the newest segment, parts counted in
 * @param prefix what the newest segment's URI starts with; another one means another session of the
 *     packager
 * @param movedAt when this position was first seen
 * @param targetDuration of the playlist
 */
public record Edge(long position, String prefix, Instant movedAt, Duration targetDuration) {}
