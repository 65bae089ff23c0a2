package cctvout.icmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;

/**
 * The echoes of one family, on a Netty channel over an ICMP socket: many packets a system call
 * (recvmmsg, sendmmsg).
 */
final class EchoSocket implements EchoWire {

    private static final Logger log = LoggerFactory.getLogger(EchoSocket.class);
    private static final int ENOBUFS = 105;
    private static final int ENOMEM = 12;
    private static final int DATAGRAMS_A_READ = 64;
    private static final int READS_A_TURN = 4_096;
    private static final int ERRORS_A_TURN = 4_096;

    /** Where what happens on the wire goes, on the loop. */
    interface Listener {

        void received(InetAddress source, EchoMessage message);

        void sent(int slot, long token, boolean late);

        void notSent(int slot, long token, int errno, boolean ours);

        void writableAgain();

        /** It was closed, and not by {@link #close()}. */
        void broken(IcmpFamily family);
    }

    private final IcmpSocket socket;
    private final EpollDatagramChannel channel;
    private final ErrorQueue errors;
    private final ReceiveDrops drops;
    private final Listener listener;
    private final int identifier;
    private final int packetSize;
    private boolean flushing;
    private boolean closing;

    EchoSocket(IcmpSocket socket, int identifier, int payloadSize, Listener listener) {
        this.socket = socket;
        this.identifier = identifier;
        this.listener = listener;
        packetSize = EchoPacket.HEADER + payloadSize;
        errors = new ErrorQueue(socket);
        drops = new ReceiveDrops(socket);
        channel = new EpollDatagramChannel(socket.fd());
        int room = Math.max(256, payloadSize + 148); // a refusal quotes both headers and us
        // Netty's recvmmsg asks for an option of IP, which a raw IPv6 socket has not: recvmsg there
        int datagrams = socket.raw() && socket.family() == IcmpFamily.V6 ? 1 : DATAGRAMS_A_READ;
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(room * datagrams)
                                .maxMessagesPerRead(READS_A_TURN));
        channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, room);
        channel.pipeline().addLast(new Incoming());
    }

    boolean raw() {
        return socket.raw();
    }

    /** Ready once the loop has run its turn. */
    void register(EventLoop loop) {
        loop.register(channel);
    }

    @Override
    public boolean open() {
        return channel.isActive() && channel.isRegistered();
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public void write(InetAddress target, int slot, int sequence, long token) {
        ByteBuf packet = channel.alloc().directBuffer(packetSize);
        EchoPacket.write(
                packet.internalNioBuffer(0, packetSize),
                socket.family(),
                identifier,
                sequence,
                slot,
                token);
        packet.writerIndex(packetSize);
        channel.write(
                new DatagramPacket(packet, new InetSocketAddress(target, 0)),
                new Sent(slot, token));
    }

    @Override
    public void flush() {
        flushing = true;
        channel.flush();
        flushing = false;
    }

    @Override
    public boolean readable() {
        return channel.isOpen() && errors.readable();
    }

    @Override
    public long lost() {
        return channel.isOpen() ? drops.count() : 0;
    }

    @Override
    public void readErrors() {
        if (!socket.raw() && channel.isOpen()) {
            errors.drain(
                    ERRORS_A_TURN,
                    refused -> listener.received(InetAddress.ofLiteral("0.0.0.0"), refused));
        }
    }

    void close() {
        closing = true;
        channel.close();
    }

    /** As if the kernel had taken it from us. */
    void breakDown() {
        channel.close();
    }

    /** What becomes of one write: Netty asks no more of a promise than these two. */
    private final class Sent extends DefaultChannelPromise {

        private final int slot;
        private final long token;

        Sent(int slot, long token) {
            super(channel);
            this.slot = slot;
            this.token = token;
        }

        @Override
        public boolean trySuccess(Void nothing) {
            listener.sent(slot, token, !flushing);
            return super.trySuccess(nothing);
        }

        @Override
        public boolean tryFailure(Throwable cause) {
            if (!(cause instanceof ClosedChannelException)) {
                int errno = errno(cause);
                listener.notSent(slot, token, errno, ours(errno));
            }
            return super.tryFailure(cause);
        }
    }

    private static int errno(Throwable cause) {
        return cause instanceof NativeIoException system ? -system.expectedErr() : 0;
    }

    /** EPERM: our own firewall, or its table of connections is full. */
    private static boolean ours(int errno) {
        return errno == ENOBUFS || errno == ENOMEM || errno == Libc.EAGAIN || errno == Libc.EPERM;
    }

    private final class Incoming extends ChannelInboundHandlerAdapter {

        private boolean readAny;

        @Override
        public void channelRead(ChannelHandlerContext context, Object received) {
            readAny = true;
            DatagramPacket datagram = (DatagramPacket) received;
            try {
                ByteBuf content = datagram.content();
                EchoMessage message =
                        EchoPacket.read(
                                content.nioBuffer(),
                                socket.family(),
                                socket.raw() && socket.family() == IcmpFamily.V4);
                if (message != null && (!socket.raw() || message.identifier() == identifier)) {
                    listener.received(datagram.sender().getAddress(), message);
                }
            } finally {
                datagram.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (!readAny) {
                readErrors(); // woken, and nothing to read: it was the error queue
            }
            readAny = false;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            readErrors();
            boolean aboutATarget =
                    cause instanceof IOException
                            && !(cause instanceof NativeIoException system
                                    && fatal(-system.expectedErr()));
            if (!aboutATarget) {
                log.warn("the {} socket fails", socket.family(), cause);
                context.close();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (channel.isWritable()) {
                listener.writableAgain();
            }
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext context) {
            errors.close();
            drops.close();
            if (!closing) {
                listener.broken(socket.family());
            }
        }
    }

    /** EBADF, EFAULT, EINVAL, ENOTSOCK: the descriptor itself. */
    private static boolean fatal(int errno) {
        return errno == 9 || errno == 14 || errno == 22 || errno == 88;
    }
}
