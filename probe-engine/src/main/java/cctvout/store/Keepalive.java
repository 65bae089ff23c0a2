package cctvout.store;

import java.time.Duration;

/**
 * How a kernel finds out that the other end is gone without a word, in seconds. See {@code tcp(7)}.
 *
 * @param silence after which what was sent and not answered is given up
 * @param idle without a word until the first look
 * @param between two looks
 */
record Keepalive(int silence, int idle, int between) {

    static final int LOOKS = 3;

    /**
     * @param silence after which it is gone, 2 s or more, kept to a second
     */
    static Keepalive within(Duration silence) {
        int seconds = Math.toIntExact(silence.toSeconds());
        int between = Math.max(1, seconds / (LOOKS + 1));
        return new Keepalive(seconds, Math.max(1, seconds - LOOKS * between), between);
    }

    int unansweredMillis() {
        return silence * 1000;
    }
}
