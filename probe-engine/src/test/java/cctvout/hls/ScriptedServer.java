package cctvout.hls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.ChannelOption;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.tcp.TcpServer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A server that answers byte for byte what a test wrote down, by path; it can also drip, hang, or
 * reset. Every connection is for one request.
 */
final class ScriptedServer implements AutoCloseable {

    /** The head of a request, as it came. */
    record Request(String head) {
        String path() {
            return head.split(" ", 3)[1];
        }

        @Nullable String header(String name) {
            return head.lines()
                    .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(l -> l.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** What is sent, and what is done to the connection after it. */
    record Reply(Flux<byte[]> bytes, End end) {
        enum End {
            CLOSE,
            HANG,
            RESET
        }

        Reply then(End other) {
            return new Reply(bytes, other);
        }
    }

    private final Map<String, Function<Request, Reply>> script = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore closed = new Semaphore(0);
    private final DisposableServer server;

    private ScriptedServer(String host, int port, @Nullable Http11SslContextSpec tls) {
        TcpServer tcp =
                TcpServer.create()
                        .bindAddress(() -> new InetSocketAddress(host, port))
                        .doOnConnection(c -> c.onDispose(closed::release))
                        .handle(this::answer);
        if (tls != null) {
            tcp = tcp.secure(spec -> spec.sslContext(tls));
        }
        server = tcp.bindNow(Duration.ofSeconds(5));
    }

    static ScriptedServer start() {
        return new ScriptedServer("127.0.0.1", 0, null);
    }

    static ScriptedServer start(String host, int port) {
        return new ScriptedServer(host, port, null);
    }

    static ScriptedServer startTls(Http11SslContextSpec tls) {
        return new ScriptedServer("127.0.0.1", 0, tls);
    }

    private Mono<Void> answer(NettyInbound in, NettyOutbound out) {
        StringBuilder head = new StringBuilder();
        return in.receive()
                .asString(ISO_8859_1)
                .takeUntil(text -> head.append(text).indexOf("\r\n\r\n") >= 0)
                .then(Mono.defer(() -> reply(new Request(head.toString()), in, out)));
    }

    private Mono<Void> reply(Request request, NettyInbound in, NettyOutbound out) {
        if (request.head().isEmpty()) {
            return Mono.empty();
        }
        requests.add(request);
        arrived.release();
        Reply reply =
                script.getOrDefault(request.path(), _ -> status(404, "Not Found")).apply(request);
        Mono<Void> sent = out.sendByteArray(reply.bytes()).then();
        return switch (reply.end()) {
            case CLOSE -> sent;
            case HANG -> sent.then(Mono.never());
            case RESET -> sent.then(Mono.fromRunnable(() -> in.withConnection(this::reset)));
        };
    }

    private void reset(Connection connection) {
        connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        connection.dispose();
    }

    ScriptedServer on(String path, Reply reply) {
        return on(path, _ -> reply);
    }

    ScriptedServer on(String path, Function<Request, Reply> reply) {
        script.put(path, reply);
        return this;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return server.port();
    }

    List<Request> requests() {
        return requests;
    }

    /** Paths that were asked for, in their order. */
    List<String> paths() {
        return requests.stream().map(Request::path).toList();
    }

    Semaphore arrived() {
        return arrived;
    }

    Semaphore closed() {
        return closed;
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }

    static Reply raw(byte[]... chunks) {
        return new Reply(Flux.fromArray(chunks), Reply.End.CLOSE);
    }

    static Reply raw(String text) {
        return raw(text.getBytes(ISO_8859_1));
    }

    static Reply ok(String type, byte[] body, String... headers) {
        return raw(head(200, "OK", body.length, type, headers), body);
    }

    static Reply list(String text) {
        return ok("application/vnd.apple.mpegurl", text.getBytes(ISO_8859_1));
    }

    static Reply ts(byte[] body) {
        return ok("video/mp2t", body);
    }

    static Reply status(int status, String reason, String... headers) {
        return raw(head(status, reason, 0, "text/plain", headers));
    }

    static Reply redirect(String location, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Location: " + location;
        return status(302, "Found", all);
    }

    /** The connection stays open, and nothing comes. */
    static Reply silence() {
        return new Reply(Flux.empty(), Reply.End.HANG);
    }

    /** A byte every 20 ms, for ever. */
    static Reply drip(String head, String with) {
        Flux<byte[]> drops =
                Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .map(_ -> with.getBytes(ISO_8859_1));
        return new Reply(Flux.concat(Mono.just(head.getBytes(ISO_8859_1)), drops), Reply.End.CLOSE);
    }

    static byte[] head(int status, String reason, long length, String type, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + reason + "\r\n");
        head.append("Content-Type: ").append(type).append("\r\n");
        head.append("Content-Length: ").append(length).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }
}
