package cctvout.hls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

import org.jspecify.annotations.Nullable;

import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

import java.time.Duration;

import javax.net.ssl.SSLException;

/** How connections to streams are made: on Reactor Netty's event loops, with what they share. */
final class StreamChannels {

    /** A playlist in one read, a segment's head in a few. */
    private static final AdaptiveRecvByteBufAllocator READS =
            new AdaptiveRecvByteBufAllocator(1024, 4096, 16 * 1024);

    private final LoopResources loops = TcpResources.get();

    /** In turn: a client's group would keep all that follows a check on the loop that ended it. */
    private final EventLoopGroup group = loops.onServer(LoopResources.DEFAULT_NATIVE);

    private final boolean epoll =
            loops.onChannel(SocketChannel.class, group) instanceof EpollSocketChannel;
    private final HlsSettings settings;
    private final HttpDecoderConfig limits;
    private final SslContext tls;
    private final Bootstrap bootstrap;
    private final byte[] common;

    StreamChannels(HlsSettings settings) {
        this.settings = settings;
        this.limits =
                new HttpDecoderConfig()
                        .setMaxHeaderSize(settings.maxHeaders())
                        .setMaxInitialLineLength(settings.maxHeaders())
                        .setMaxChunkSize(16 * 1024)
                        .setAllowDuplicateContentLengths(true)
                        .setValidateHeaders(false);
        this.tls = tls(settings.verifyCertificates());
        this.bootstrap =
                new Bootstrap()
                        .disableResolver()
                        .option(ChannelOption.RECVBUF_ALLOCATOR, READS)
                        // the exchange's own timer limits it
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
        this.common =
                ("User-Agent: "
                                + settings.userAgent()
                                + "\r\nAccept: */*\r\n"
                                + "Accept-Encoding: identity\r\n")
                        .getBytes(US_ASCII);
    }

    private static SslContext tls(boolean verify) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            return verify
                    ? builder.build()
                    : builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
                            .endpointIdentificationAlgorithm("")
                            .build();
        } catch (SSLException noTls) {
            throw new IllegalStateException("this JVM has no TLS", noTls);
        }
    }

    /** Not connected yet. */
    Bootstrap bootstrap(EventLoop loop, StreamUrl url, boolean v4, ChannelHandler handler) {
        return bootstrap
                .clone(loop)
                .channelFactory(
                        () ->
                                v4 && epoll
                                        ? new EpollSocketChannel(SocketProtocolFamily.INET)
                                        : loops.onChannel(SocketChannel.class, group))
                .handler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                if (url.secure()) {
                                    channel.pipeline().addLast(secured(url, channel.alloc()));
                                }
                                channel.pipeline()
                                        .addLast(new HttpResponseDecoder(limits), handler);
                            }
                        });
    }

    private SslHandler secured(StreamUrl url, ByteBufAllocator alloc) {
        SslHandler handler = tls.newHandler(alloc, url.host(), url.port());
        handler.setHandshakeTimeoutMillis(0); // as with the connect timeout
        return handler;
    }

    /** For a check to stay on. */
    EventLoop loop() {
        return group.next();
    }

    Duration connectTimeout() {
        return settings.connectTimeout();
    }

    Duration deadline() {
        return settings.deadline();
    }

    /** The request as it goes over the wire (RFC 9112 section 3). */
    ByteBuf head(ByteBufAllocator alloc, StreamClient.Request request) {
        ByteBuf head = alloc.ioBuffer(512);
        put(head, "GET ", request.url().path());
        put(head, " HTTP/1.1\r\nHost: ", request.url().authority());
        put(head, "\r\n", null);
        head.writeBytes(common);
        if (request.inquiry().range() != null) {
            put(head, "Range: ", request.inquiry().range());
            put(head, "\r\n", null);
        }
        if (request.cookies() != null) {
            put(head, "Cookie: ", request.cookies());
            put(head, "\r\n", null);
        }
        put(
                head,
                request.inquiry().last()
                        ? "Connection: close\r\n\r\n"
                        : "Connection: keep-alive\r\n\r\n",
                null);
        return head;
    }

    private static void put(ByteBuf head, String first, @Nullable String second) {
        head.writeCharSequence(first, US_ASCII);
        if (second != null) {
            head.writeCharSequence(second, US_ASCII);
        }
    }
}
