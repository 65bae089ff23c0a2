package cctvout.history;

import java.time.Instant;

/** Spans of five minutes, numbered from 1970: by them measurements lie together. */
final class Buckets {

    static final int SECONDS = 300;
    static final int PER_DAY = 86_400 / SECONDS;

    private Buckets() {}

    static int of(Instant at) {
        long bucket = Math.floorDiv(at.getEpochSecond(), (long) SECONDS);
        return (int) Math.clamp(bucket, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
