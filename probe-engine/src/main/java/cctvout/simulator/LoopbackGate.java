package cctvout.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * First in each connection's pipeline: the server is bound to the wildcard, to have all of
 * 127.0.0.0/8 with one socket, and here a connection to any other address of the machine is reset
 * before a byte is read. It also is the place where hosts that are down or cut off do not answer.
 * The kernel has accepted by then: a refused connection is seen as connected and reset at once, one
 * to a cut host as connected and silent.
 */
final class LoopbackGate extends ChannelInboundHandlerAdapter {

    /** How long a connection to a host that is cut off is kept silent. */
    static final long SILENT_SECONDS = 60;

    private final FaultBoard board;
    private boolean silent;

    LoopbackGate(FaultBoard board) {
        this.board = board;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (!isLoopback(channel.localAddress())) {
            reset(channel);
            return;
        }
        Condition condition = board.address(address(channel.localAddress()));
        switch (condition == null ? null : condition.fault()) {
            case DOWN -> reset(channel);
            case CUT -> {
                silent = true;
                var end =
                        channel.eventLoop()
                                .schedule(() -> reset(channel), SILENT_SECONDS, TimeUnit.SECONDS);
                channel.closeFuture().addListener(_ -> end.cancel(false));
            }
            case null, default -> context.fireChannelActive();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (silent) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Ends with RST instead of FIN. */
    static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    static boolean isLoopback(SocketAddress address) {
        return address instanceof InetSocketAddress socket
                && socket.getAddress() instanceof InetAddress host
                && host.isLoopbackAddress();
    }

    /** Four bytes in one int; 0 where it is no IPv4 address. */
    static int address(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress socket
                && socket.getAddress() instanceof InetAddress host
                && host.getAddress().length == 4) {
            return ByteBuffer.wrap(host.getAddress()).getInt();
        }
        return 0;
    }
}
