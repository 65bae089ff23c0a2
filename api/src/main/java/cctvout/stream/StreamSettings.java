package cctvout.stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * Limits of the live stream.
 *
 * @param maxClients connected at a time; one more is answered 503
 * @param ring newest log entries kept encoded for all clients; who is further behind reads pages
 * @param page log entries a page from the database, 1 to 10,000
 * @param replays pages read at a time, for all clients together
 * @param batchBytes after which a client's write is closed and flushed; one event may exceed it
 * @param stallTimeout a client that took no byte for this long is closed
 * @param heartbeat between two comments
 * @param retry after which a browser shall connect again
 * @param resultsEvery between two flushes of the latest results
 * @param resultsPerFlush results a flush at most; the others wait for the next
 * @param resultsPending cameras whose latest result waits; past it the oldest is dropped
 */
@ConfigurationProperties("cctvout.stream")
record StreamSettings(
        @DefaultValue("2000") int maxClients,
        @DefaultValue("16384") int ring,
        @DefaultValue("500") int page,
        @DefaultValue("4") int replays,
        @DefaultValue("32768") int batchBytes,
        @DefaultValue("30s") Duration stallTimeout,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("2s") Duration retry,
        @DefaultValue("500ms") Duration resultsEvery,
        @DefaultValue("1000") int resultsPerFlush,
        @DefaultValue("100000") int resultsPending) {

    StreamSettings {
        between("max-clients", maxClients, 1, 100_000);
        between("ring", ring, 16, 1 << 20);
        between("page", page, 1, 10_000);
        between("replays", replays, 1, 64);
        between("batch-bytes", batchBytes, 1024, 1 << 20);
        between("results-per-flush", resultsPerFlush, 1, 100_000);
        between("results-pending", resultsPending, 1, 1_000_000);
        positive("stall-timeout", stallTimeout);
        positive("heartbeat", heartbeat);
        positive("retry", retry);
        positive("results-every", resultsEvery);
    }

    static StreamSettings defaults() {
        return new StreamSettings(
                2000,
                16_384,
                500,
                4,
                32_768,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                1000,
                100_000);
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "cctvout.stream." + name + ": " + least + " to " + most + ", not " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    "cctvout.stream." + name + ": more than nothing, not " + value);
        }
    }
}
