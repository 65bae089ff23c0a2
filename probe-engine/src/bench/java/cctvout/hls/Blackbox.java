package cctvout.hls;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * blackbox_exporter in a process of its own, and who asks it for probes: over connections that stay
 * open, as cheaply as may be, so that its own work is what is measured.
 */
final class Blackbox implements AutoCloseable {

    static final String PROGRAM = "prometheus-blackbox-exporter";

    private static final String MODULES =
            """
            modules:
              playlist:
                prober: http
                timeout: 5s
                http:
                  preferred_ip_protocol: ip4
                  valid_status_codes: [200]
                  fail_if_body_not_matches_regexp: ["#EXTM3U"]
            """;

    private final Process process;
    private final InetSocketAddress address;
    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    private Blackbox(Process process, int port) {
        this.process = process;
        this.address = new InetSocketAddress("127.0.0.1", port);
    }

    static Blackbox start() throws Exception {
        Path modules = Files.createTempFile("blackbox", ".yml");
        Files.writeString(modules, MODULES);
        int port = freePort();
        Process process =
                new ProcessBuilder(
                                PROGRAM,
                                "--config.file=" + modules,
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=error")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        for (int tries = 0; !listens(port); tries++) {
            if (!process.isAlive() || tries > 200) {
                throw new IOException("blackbox_exporter does not listen");
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        Files.delete(modules);
        return new Blackbox(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    /** Asks for as many probes, so many at a time; returns how many said that all was well. */
    int probe(List<String> urls, int count, int parallel) throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger well = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(parallel);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops)
                        .channel(EpollSocketChannel.class)
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpResponseDecoder(),
                                                        new HttpObjectAggregator(1 << 20),
                                                        new Asking(urls, count, next, well));
                                    }
                                });
        for (int i = 0; i < parallel; i++) {
            Channel channel = bootstrap.connect(address).sync().channel();
            channel.closeFuture().addListener(_ -> ended.countDown());
        }
        ended.await();
        return well.get();
    }

    private static final class Asking extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final List<String> urls;
        private final int count;
        private final AtomicInteger next;
        private final AtomicInteger well;

        Asking(List<String> urls, int count, AtomicInteger next, AtomicInteger well) {
            this.urls = urls;
            this.count = count;
            this.next = next;
            this.well = well;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ask(context);
        }

        private void ask(ChannelHandlerContext context) {
            int turn = next.getAndIncrement();
            if (turn >= count) {
                context.close();
                return;
            }
            String target = URLEncoder.encode(urls.get(turn % urls.size()), StandardCharsets.UTF_8);
            String request =
                    "GET /probe?module=playlist&target=" + target + " HTTP/1.1\r\nHost: b\r\n\r\n";
            context.writeAndFlush(
                    Unpooled.wrappedBuffer(request.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
            if (answer.content().toString(StandardCharsets.US_ASCII).contains("probe_success 1")) {
                well.incrementAndGet();
            }
            ask(context);
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        process.destroy();
    }
}
