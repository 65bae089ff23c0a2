package cctvout.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One connection to a simulated device: takes its requests one after the other and does what {@link
 * FleetHandler} says of each. Its event loop alone, but for {@link #idleSince()}.
 */
final class FleetConnection extends ChannelInboundHandlerAdapter {

    /** Longest head of a request, bytes. */
    static final int MAX_REQUEST = 8192;

    private final FleetHandler cameras;
    private final OpenConnections open;
    private @Nullable ChannelHandlerContext context;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private int host;
    private boolean last;
    private Reply.@Nullable Flood flood;
    private long flooded;
    private volatile boolean busy;
    private volatile long idleSince = System.nanoTime();

    FleetConnection(FleetHandler cameras, OpenConnections open) {
        this.cameras = cameras;
        this.open = open;
    }

    /** Whether no reply is under way, and since when; any thread. */
    boolean idleLongerThan(long nanos, long now) {
        return !busy && now - idleSince > nanos;
    }

    /** Any thread. */
    void close() {
        ChannelHandlerContext own = context;
        if (own != null) {
            own.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (!open.add(this)) {
            added.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        open.remove(this);
        received.release();
        received = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        host = LoopbackGate.address(active.channel().localAddress());
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        received =
                received.isReadable() ? Unpooled.wrappedBuffer(received, bytes) : released(bytes);
        if (!busy) {
            serve(reading);
        }
        if (received.readableBytes() > MAX_REQUEST) {
            reading.close();
        }
    }

    private ByteBuf released(ByteBuf next) {
        received.release();
        return next;
    }

    private void serve(ChannelHandlerContext serving) {
        while (!busy) {
            int length = FleetRequest.length(received);
            if (length < 0) {
                return;
            }
            idleSince = System.nanoTime();
            FleetRequest request = FleetRequest.parse(received, length, host);
            received.skipBytes(length);
            if (request == null) {
                serving.close();
                return;
            }
            last = request.last();
            act(serving, cameras.answer(request));
        }
    }

    private void act(ChannelHandlerContext serving, Reply reply) {
        switch (reply) {
            case Reply.Whole whole -> write(serving, whole);
            case Reply.Late(Reply.Whole whole, Duration after) -> {
                busy = true;
                later(serving, after, () -> finish(serving, whole));
            }
            case Reply.Drip drip -> {
                busy = true;
                serving.writeAndFlush(Unpooled.wrappedBuffer(drip.head()));
                later(serving, drip.every(), () -> drip(serving, drip, 0));
            }
            case Reply.Flood begun -> {
                busy = true;
                flood = begun;
                serving.writeAndFlush(Unpooled.wrappedBuffer(begun.head()));
                flood(serving);
            }
            case Reply.Reset _ -> LoopbackGate.reset(serving.channel());
            case Reply.Silence _ -> busy = true;
        }
    }

    private void write(ChannelHandlerContext serving, Reply.Whole whole) {
        serving.write(Unpooled.wrappedBuffer(whole.head()), serving.voidPromise());
        ByteBuf body = Unpooled.wrappedBuffer(whole.body(), whole.from(), whole.length());
        var written = serving.writeAndFlush(body);
        if (last) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void finish(ChannelHandlerContext serving, Reply.Whole whole) {
        if (!serving.channel().isActive()) {
            return;
        }
        busy = false;
        write(serving, whole);
        serve(serving);
    }

    private void drip(ChannelHandlerContext serving, Reply.Drip drip, int at) {
        if (!serving.channel().isActive()) {
            return;
        }
        serving.writeAndFlush(Unpooled.wrappedBuffer(drip.body(), at, 1));
        if (at + 1 < drip.body().length) {
            later(serving, drip.every(), () -> drip(serving, drip, at + 1));
        } else {
            busy = false;
            serve(serving);
        }
    }

    private void flood(ChannelHandlerContext serving) {
        Reply.Flood under = flood;
        while (under != null && serving.channel().isWritable() && flooded < under.bytes()) {
            int next = (int) Math.min(under.block().length, under.bytes() - flooded);
            serving.writeAndFlush(Unpooled.wrappedBuffer(under.block(), 0, next));
            flooded += next;
        }
        if (under != null && flooded >= under.bytes()) {
            flood = null;
            serving.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        flood(changed);
    }

    private static void later(ChannelHandlerContext serving, Duration after, Runnable step) {
        serving.executor().schedule(step, after.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whoever asked has gone: nothing that a camera would tell anybody of. */
    @Override
    public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
        caught.close();
    }
}
