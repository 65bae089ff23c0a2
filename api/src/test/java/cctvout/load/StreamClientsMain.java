package cctvout.load;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code StreamClientsMain PORT TOKEN}: readers of {@code /api/stream} on one thread, in a process
 * of their own. Takes orders, a line each, and answers each with a line: {@code open COUNT AFTER},
 * {@code silent COUNT AFTER} (never read), {@code begin}, {@code await COUNT SECONDS}, {@code
 * report}, {@code close}.
 */
final class StreamClientsMain {

    private static final Pattern OCCURRED = Pattern.compile("\"occurredAt\":\"([^\"]+)\"");
    private static final int LONGEST_MILLIS = 60_000;
    private static final int LOOK_MILLIS = 5;

    private final InetSocketAddress server;
    private final String token;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
    private final List<SocketChannel> silent = new ArrayList<>();
    private final List<StreamReading> readings = new ArrayList<>();
    private final Map<Long, Long> occurred = new HashMap<>();
    private final long[] latencies = new long[LONGEST_MILLIS + 1];
    private long now;
    private int ended;

    private StreamClientsMain(int port, String token) throws IOException {
        this.server = new InetSocketAddress("localhost", port);
        this.token = token;
    }

    public static void main(String[] args) throws Exception {
        new StreamClientsMain(Integer.parseInt(args[0]), args[1]).serve();
        System.exit(0);
    }

    private void serve() throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (true) {
            if (orders.ready()) {
                String order = orders.readLine();
                if (order == null || order.equals("end")) {
                    return;
                }
                System.out.println(answer(order.split(" ")));
            }
            turn();
        }
    }

    private String answer(String[] order) throws IOException {
        return switch (order[0]) {
            case "open" -> open(Integer.parseInt(order[1]), order[2]);
            case "silent" -> silence(Integer.parseInt(order[1]), order[2]);
            case "begin" -> begin();
            case "await" -> await(Long.parseLong(order[1]), Long.parseLong(order[2]));
            case "report" -> report();
            case "close" -> close();
            default -> throw new IllegalArgumentException(order[0]);
        };
    }

    /** Fifty at a time, as many as may wait to be accepted. */
    private String open(int count, String after) throws IOException {
        for (int i = 1; i <= count; i++) {
            SocketChannel channel = connected(after);
            StreamReading reading = new StreamReading(new Watch());
            readings.add(reading);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, reading);
            while (i % 50 == 0 && open() < readings.size() - ended) {
                turn();
            }
        }
        while (open() < readings.size() - ended) {
            turn();
        }
        long refused = readings.stream().filter(it -> !it.status.equals("200")).count();
        return "open " + (readings.size() - refused) + " refused " + refused;
    }

    private long open() {
        return readings.stream().filter(it -> !it.status.isEmpty()).count();
    }

    private String silence(int count, String after) throws IOException {
        for (int i = 0; i < count; i++) {
            silent.add(connected(after));
        }
        return "silent " + silent.size();
    }

    private SocketChannel connected(String after) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 16);
        channel.connect(server);
        channel.write(
                StandardCharsets.US_ASCII.encode(
                        "GET /api/stream?types=transition&after=%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                                .formatted(after, token)));
        return channel;
    }

    private String begin() {
        readings.forEach(StreamReading::begin);
        Arrays.fill(latencies, 0);
        return "begun";
    }

    private String await(long count, long seconds) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (readings.stream().anyMatch(it -> it.count < count) && System.nanoTime() < until) {
            turn();
        }
        return "all "
                + readings.stream().allMatch(it -> it.count >= count)
                + " least "
                + readings.stream().mapToLong(it -> it.count).min().orElse(0);
    }

    private String report() {
        LongSummaryStatistics counts =
                readings.stream().mapToLong(it -> it.count).summaryStatistics();
        return String.format(
                Locale.ROOT,
                "clients %d ended %d least %d most %d digests %s disorder %d p50 %d p99 %d max %d",
                readings.size(),
                ended,
                counts.getMin(),
                counts.getMax(),
                readings.stream().map(it -> it.digest).distinct().limit(3).toList(),
                readings.stream().mapToInt(it -> it.disorder).sum(),
                latency(0.5),
                latency(0.99),
                latency(1));
    }

    /** Milliseconds from the deciding result until read, over all events of all clients. */
    private int latency(double share) {
        long all = Arrays.stream(latencies).sum();
        long below = 0;
        for (int millis = 0; millis < latencies.length; millis++) {
            below += latencies[millis];
            if (all > 0 && below >= all * share) {
                return millis;
            }
        }
        return -1;
    }

    private String close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        for (SocketChannel channel : silent) {
            channel.close();
        }
        selector.selectNow();
        readings.clear();
        silent.clear();
        ended = 0;
        return "closed";
    }

    private void turn() throws IOException {
        selector.select(LOOK_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
            read(key);
        }
        selector.selectedKeys().clear();
    }

    private void read(SelectionKey key) {
        try {
            buffer.clear();
            int length = ((SocketChannel) key.channel()).read(buffer);
            now = System.currentTimeMillis();
            if (length >= 0) {
                ((StreamReading) key.attachment()).read(buffer.array(), length);
                return;
            }
        } catch (IOException reset) {
            // as one that the server ended
        }
        ended++;
        key.cancel();
    }

    /** The first of all clients to see a transition reads when it was. */
    private final class Watch implements StreamReading.Taker {
        @Override
        public boolean wantsData(long seq) {
            return !occurred.containsKey(seq);
        }

        @Override
        public void took(long seq, @Nullable String data) {
            if (data != null) {
                Matcher found = OCCURRED.matcher(data);
                occurred.put(
                        seq, found.find() ? Instant.parse(found.group(1)).toEpochMilli() : now);
            }
            long waited = now - occurred.getOrDefault(seq, now);
            latencies[(int) Math.clamp(waited, 0, LONGEST_MILLIS)]++;
        }
    }
}
