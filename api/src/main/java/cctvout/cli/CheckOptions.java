package cctvout.cli;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * What {@code check} is asked for.
 *
 * @param count echoes a camera, 1 to 20
 * @param timeout of an echo, a connection and an answer, 10 ms to 30 s; null for each one's own
 */
record CheckOptions(int count, @Nullable Duration timeout, boolean icmp, boolean hls) {

    CheckOptions {
        if (count < 1 || count > 20) {
            throw new IllegalArgumentException("--count: between 1 and 20, not " + count);
        }
        if (timeout != null
                && (timeout.toMillis() < 10 || timeout.compareTo(Duration.ofSeconds(30)) > 0)) {
            throw new IllegalArgumentException("--timeout: between 10ms and 30s, not " + timeout);
        }
    }
}
