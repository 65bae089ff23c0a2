package cctvout.hls;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a live playlist had come, and since when: what freshness is judged by. Small: one is kept
 * for each camera.
 *
 * @param position media sequence number of the newest segment
 * @param parts partial segments listed after it (low latency)
 * @param prefix what the newest segment's file name starts with, at most 64 characters; another one
 *     means another session of the packager
 * @param movedAt when this position was first seen
 * @param targetDuration of the playlist, or what stands in for it
 * @param motion what earlier looks have shown
 * @param sample time stamp of the segment that was looked into last; null where none told one
 */
public record Edge(
        long position,
        int parts,
        String prefix,
        Instant movedAt,
        Duration targetDuration,
        Motion motion,
        @Nullable Sample sample) {

    /**
     * @param segment media sequence number
     * @param ticks of the first picture, in the stream's own units
     * @param frozen an earlier segment had the same
     */
    public record Sample(long segment, long ticks, boolean frozen) {

        /** Stands still where a later segment begins at the time of an earlier one. */
        static Sample of(@Nullable Sample before, long segment, long ticks) {
            if (before == null || before.ticks != ticks) {
                return new Sample(segment, ticks, false);
            }
            boolean again = segment == before.segment && before.frozen;
            return new Sample(segment, ticks, again || segment > before.segment);
        }
    }

    /** Of a stream that was not looked into. */
    public Edge(
            long position,
            int parts,
            String prefix,
            Instant movedAt,
            Duration targetDuration,
            Motion motion) {
        this(position, parts, prefix, movedAt, targetDuration, motion, null);
    }

    /** What is known of the edge's movement. */
    public enum Motion {
        /** Seen at one position only. */
        UNPROVEN,
        /** Was seen to move on. */
        PROVEN,
        /** Went back, and has not been seen to move on since. */
        REGRESSED,
        /** Overdue under a new name: once more looked at before it is called stale. */
        RENAMED
    }

    /** An edge seen for the first time. */
    public static Edge first(long position, String prefix, Instant at, Duration targetDuration) {
        return new Edge(position, 0, prefix, at, targetDuration, Motion.UNPROVEN);
    }

    private static final int LONGEST_PREFIX = 64;

    /**
     * The part of a file name before its last number, without query: {@code media_w12_} of {@code
     * a/media_w12_34.ts?t=5}.
     */
    static String prefixOf(String uri) {
        int end = 0;
        while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
            end++;
        }
        int from = uri.lastIndexOf('/', end - 1) + 1;
        int digit = end;
        while (digit > from && !digit(uri.charAt(digit - 1))) {
            digit--;
        }
        int to = digit;
        while (to > from && digit(uri.charAt(to - 1))) {
            to--;
        }
        return uri.substring(from, Math.min(digit == from ? end : to, from + LONGEST_PREFIX));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Further on than another (below 0: further back; 0: at the same place). */
    int compareProgress(Edge other) {
        int segments = Long.compare(position, other.position);
        return segments != 0 ? segments : Integer.compare(parts, other.parts);
    }

    Edge with(Motion seen) {
        return new Edge(position, parts, prefix, movedAt, targetDuration, seen, sample);
    }

    Edge sampled(@Nullable Sample seen) {
        return new Edge(position, parts, prefix, movedAt, targetDuration, motion, seen);
    }

    /** The same place, first seen at another time. */
    Edge since(Instant seenAt, Motion seen) {
        return new Edge(position, parts, prefix, seenAt, targetDuration, seen, sample);
    }
}
