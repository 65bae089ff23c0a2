package cctvout.hls;

import cctvout.hls.Progress.Phase;
import cctvout.hls.StreamClient.Request;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;

/**
 * One connection of one check, an exchange at a time. It is opened by the first exchange. Its state
 * is confined to its event loop.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter {

    /** Was closed before an answer began to the second or a later request. */
    static final class Stale extends RuntimeException {
        Stale() {
            super("closed by the server", null, false, false);
        }
    }

    private final StreamChannels channels;
    private final StreamUrl origin;
    private final InetSocketAddress target;

    private volatile @Nullable Channel channel;
    private @Nullable Exchange current;
    private int exchanges;

    StreamConnection(StreamChannels channels, StreamUrl origin, InetSocketAddress target) {
        this.channels = channels;
        this.origin = origin;
        this.target = target;
    }

    boolean leadsTo(StreamUrl url) {
        Channel open = channel;
        return open != null
                && open.isActive()
                && url.secure() == origin.secure()
                && url.port() == origin.port()
                && url.host().equals(origin.host());
    }

    /** Any thread. By a reset: else a port of ours would wait for a minute (TIME_WAIT). */
    void close() {
        Channel open = channel;
        if (open != null && open.isOpen()) {
            open.config().setOption(ChannelOption.SO_LINGER, 0);
            open.close();
        }
    }

    /**
     * Lazy, once at a time; cancelling closes the connection. Answers on its event loop.
     *
     * @param kept is left this connection where it may be used again
     */
    Mono<Answer> exchange(Request request, KeptConnection kept) {
        return Mono.create(sink -> begin(request, kept, sink));
    }

    private void begin(Request request, KeptConnection kept, MonoSink<Answer> sink) {
        Exchange next = new Exchange(request, kept, sink);
        sink.onCancel(
                () -> {
                    next.abandon();
                    close();
                });
        Channel open = channel;
        if (open != null) {
            open.eventLoop().execute(() -> again(open, next));
            return;
        }
        request.progress().reached(Phase.CONNECT);
        ChannelFuture registered =
                channels.bootstrap(
                                request.loop(),
                                origin,
                                target.getAddress() instanceof Inet4Address,
                                this)
                        .register();
        Channel made = registered.channel();
        channel = made;
        registered.addListener(
                _ -> {
                    if (registered.isSuccess()) {
                        connect(made, next);
                    } else {
                        next.fail(registered.cause());
                    }
                });
    }

    private void connect(Channel made, Exchange first) {
        Watch watch = watch(made, first);
        watch.allow("connect-timeout", channels.connectTimeout());
        made.connect(target)
                .addListener(
                        done -> {
                            if (!done.isSuccess()) {
                                fail(done.cause());
                            } else if (origin.secure()) {
                                first.request().progress().reached(Phase.HANDSHAKE);
                                watch.allow("response-timeout", first.request().responseTimeout());
                            } else {
                                send(made, first);
                            }
                        });
    }

    private void again(Channel open, Exchange next) {
        if (!open.isActive()) {
            next.fail(new Stale());
            return;
        }
        watch(open, next);
        send(open, next);
    }

    private Watch watch(Channel open, Exchange next) {
        current = next;
        exchanges++;
        return next.watchedBy(
                new Watch(open.eventLoop(), next.request(), channels.deadline(), this::fail));
    }

    private void send(Channel open, Exchange next) {
        next.sent();
        open.writeAndFlush(channels.head(open.alloc(), next.request()), open.voidPromise());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        Exchange first = current;
        if (first != null && event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                send(context.channel(), first);
            } else {
                fail(handshake.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            Exchange now = current;
            if (now == null || !(message instanceof HttpObject part)) {
                close(); // nobody asked
                return;
            }
            if (now.take(part)) {
                end(now);
            }
        } catch (StreamFault fault) {
            fail(fault);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void end(Exchange ended) {
        current = null;
        if (ended.reusable()) {
            ended.kept().keep(this);
        } else {
            close();
        }
        ended.succeed();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current != null) {
            fail(new ClosedChannelException());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        Exchange failed = current;
        current = null;
        close();
        if (failed != null) {
            boolean stale = exchanges > 1 && !failed.heard() && !(cause instanceof StreamFault);
            failed.fail(stale ? new Stale() : cause);
        }
    }
}
