package cctvout.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;

import reactor.netty.Connection;

import java.util.concurrent.Executor;

/**
 * What a client needs of its connection beside the writing: its one thread, whether it takes more,
 * and an end to it that waits for nobody.
 */
final class StreamConnection {

    private static final String HANDLER = "cctvout.stream";

    private final Connection connection;
    private final Channel channel;

    StreamConnection(Connection connection) {
        this.connection = connection;
        this.channel = connection.channel();
    }

    Executor executor() {
        return channel.eventLoop();
    }

    /** False while more than the channel's high-water mark (64 KiB) waits for the peer. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /** Bytes that wait for the peer beyond what the operating system took, about. */
    long pendingBytes() {
        WriteBufferWaterMark marks = channel.config().getWriteBufferWaterMark();
        long room = channel.bytesBeforeUnwritable();
        return room > 0 ? marks.high() - room : marks.low() + channel.bytesBeforeWritable();
    }

    /** Called on the event loop each time the peer takes data again. */
    void onWritable(Runnable action) {
        connection.addHandlerLast(HANDLER, new Writability(action));
    }

    void release() {
        connection.removeHandler(HANDLER);
    }

    /**
     * Drops what waits, and the connection: a peer that does not read would not take a farewell.
     */
    void close() {
        connection.dispose();
    }

    private static final class Writability extends ChannelInboundHandlerAdapter {
        private final Runnable action;

        Writability(Runnable action) {
            this.action = action;
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                action.run();
            }
            context.fireChannelWritabilityChanged();
        }
    }
}
