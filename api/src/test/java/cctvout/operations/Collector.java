package cctvout.operations;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * A collector of spans that speaks OTLP over HTTP: as much of <a
 * href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">its
 * messages</a> as a test looks at.
 */
public final class Collector implements AutoCloseable {

    public record Received(String traceId, String name, Map<String, String> tags) {}

    private final HttpServer server;
    private final List<Received> all = new CopyOnWriteArrayList<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    public static Collector start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        Collector collector = new Collector(server);
        server.createContext(
                "/v1/traces",
                exchange -> {
                    collector.take(ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()));
                    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        return collector;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** Those whose names begin so. */
    public List<Received> spans(String name) {
        return all.stream().filter(span -> span.name().startsWith(name)).toList();
    }

    /** True where spans of each name have come. */
    public boolean hasAll(List<String> names) {
        return names.stream().noneMatch(name -> spans(name).isEmpty());
    }

    /** Waits for the next request, or so many milliseconds. */
    public synchronized void awaitMore(long millis) throws InterruptedException {
        wait(millis);
    }

    private synchronized void take(ByteBuffer request) {
        read(request);
        notifyAll();
    }

    private void read(ByteBuffer request) {
        fields(
                request,
                (_, resource) ->
                        fields(
                                resource,
                                (field, scope) -> {
                                    if (field == 2) {
                                        fields(scope, this::ofScope);
                                    }
                                }));
    }

    private void ofScope(int field, ByteBuffer value) {
        if (field == 2) {
            all.add(span(value));
        }
    }

    private static Received span(ByteBuffer message) {
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Map<String, String> tags = new HashMap<>();
        fields(
                message,
                (field, value) -> {
                    switch (field) {
                        case 1 -> ids.add(HexFormat.of().formatHex(bytes(value)));
                        case 5 -> names.add(text(value));
                        case 9 -> tag(value, tags);
                        default -> {}
                    }
                });
        return new Received(ids.getFirst(), names.getFirst(), tags);
    }

    private static void tag(ByteBuffer message, Map<String, String> tags) {
        List<String> pair = new ArrayList<>();
        fields(
                message,
                (field, value) -> {
                    if (field == 1) {
                        pair.add(text(value));
                    } else {
                        fields(value, (kind, string) -> pair.add(kind == 1 ? text(string) : ""));
                    }
                });
        if (pair.size() == 2) {
            tags.put(pair.getFirst(), pair.getLast());
        }
    }

    /** Those that have a length; numbers are passed over. */
    private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> each) {
        while (message.hasRemaining()) {
            long key = number(message);
            switch ((int) (key & 7)) {
                case 0 -> number(message);
                case 1 -> message.position(message.position() + 8);
                case 5 -> message.position(message.position() + 4);
                default -> {
                    int length = (int) number(message);
                    each.accept((int) (key >> 3), message.slice(message.position(), length));
                    message.position(message.position() + length);
                }
            }
        }
    }

    private static long number(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
