package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Two connections on one event loop: what one of them brings keeps the loop busy until the limit of
 * the other is over, while the other's answer has come long since.
 */
class BusyLoopTest {

    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final long PATIENCE_SECONDS = 30;

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        assertThat(
                        group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
                                .await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void answerThatCameInTimeIsReadBeforeTheTimerIsBelieved() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();

        busyPastTheLimit(end, true);

        assertThat(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @Test
    void silenceIsStillFound() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();

        busyPastTheLimit(end, false);

        assertThat(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("RESPONSE_TIMEOUT");
    }

    private void busyPastTheLimit(CompletableFuture<String> end, boolean answers) throws Exception {
        CompletableFuture<Watch> watched = new CompletableFuture<>();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        Socket camera =
                connected(
                        () -> {
                            watched.join().stop();
                            end.complete("answered");
                        });
        Socket other =
                connected(
                        () -> {
                            Watch watch = watch(end);
                            watched.complete(watch);
                            watch.allow("response-timeout", LIMIT);
                            long over = System.nanoTime() + LIMIT.toNanos() + 1_000_000;
                            busy.countDown();
                            spin(() -> sent.getCount() > 0);
                            spin(() -> System.nanoTime() < over);
                        });
        other.getOutputStream().write(1);
        assertThat(busy.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        if (answers) {
            camera.getOutputStream().write(1);
        }
        sent.countDown();
    }

    private Watch watch(CompletableFuture<String> end) {
        Progress progress = new Progress();
        progress.reached(Progress.Phase.RESPONSE);
        var request =
                new StreamClient.Request(
                        StreamUrl.parse("http://127.0.0.1/"),
                        Inquiry.playlist(Inquiry.Kind.ENTRY, 1000, true),
                        null,
                        progress,
                        LIMIT,
                        System.nanoTime() + TimeUnit.MINUTES.toNanos(1),
                        loop);
        return new Watch(
                loop, request, Duration.ofMinutes(1), fault -> end.complete(fault.reason().name()));
    }

    /** The far end of a connection whose near end is on the loop. */
    private Socket connected(Runnable onRead) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Channel near =
                    new Bootstrap()
                            .group(loop)
                            .channel(NioSocketChannel.class)
                            .handler(new Reader(onRead))
                            .connect(server.getLocalSocketAddress())
                            .channel();
            Socket far = server.accept();
            opened.add(far);
            opened.add(near::close);
            return far;
        }
    }

    /** Keeps its thread busy without a call that an event loop may not make. */
    private static void spin(BooleanSupplier on) {
        long over = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (long now = System.nanoTime(); on.getAsBoolean() && now < over; ) {
            now = System.nanoTime();
        }
    }

    private static final class Reader extends ChannelInboundHandlerAdapter {

        private final Runnable onRead;

        Reader(Runnable onRead) {
            this.onRead = onRead;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            onRead.run();
        }
    }
}
