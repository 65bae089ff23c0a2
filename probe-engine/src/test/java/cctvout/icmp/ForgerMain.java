package cctvout.icmp;

import cctvout.icmp.IcmpSettings.SocketKind;
import cctvout.network.AllowedNetworks;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs where the kernel's own echo replies are dropped: raw sockets of ours play the cameras, each
 * with a trick of its own, and it prints what a prober makes of them. {@code KIND}.
 */
final class ForgerMain {

    private static final Map<String, Trick> CAMERAS =
            Map.of(
                    "127.8.0.1", (echo, send, other) -> send.accept(alter(echo, 12)), // token
                    "127.8.0.2", (echo, send, other) -> other.accept(echo), // another's address
                    "127.8.0.4", (echo, send, other) -> send.accept(alter(echo, 6)), // sequence
                    "127.8.0.5", (echo, send, other) -> send.accept(alter(echo, 8)), // slot
                    "127.8.0.6", ForgerMain::thrice,
                    "127.8.0.7", ForgerMain::late);

    private static final Map<String, Trick> FLOODING = Map.of("127.8.0.8", ForgerMain::flood);

    private static final int FLOOD = 50_000;

    private static final EventLoopGroup GROUP =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    private ForgerMain() {}

    /** What a camera does on an echo, given as the right answer to it. */
    private interface Trick {
        void answer(byte[] echo, Sender send, Sender other);
    }

    private interface Sender {
        void accept(byte[] packet);
    }

    public static void main(String[] args) throws InterruptedException {
        EpollDatagramChannel other = raw();
        bind(other, "127.8.0.3");
        Map<String, Trick> cameras = args.length > 1 ? FLOODING : CAMERAS;
        cameras.forEach(
                (address, trick) -> {
                    EpollDatagramChannel camera = raw();
                    camera.pipeline().addLast(new Camera(trick, other));
                    bind(camera, address);
                });
        IcmpSettings settings =
                IcmpSettings.standard()
                        .socket(SocketKind.valueOf(args[0]))
                        .train(2, Duration.ofMillis(50), Duration.ofMillis(400));
        CountDownLatch done = new CountDownLatch(1);
        try (NettyIcmpProber prober =
                NettyIcmpProber.open(
                        settings,
                        host -> Mono.error(new UnknownHostException(host)),
                        AllowedNetworks.everywhere(),
                        Clock.systemUTC())) {
            System.out.println(prober.mode());
            Flux.fromIterable(cameras.keySet())
                    .flatMap(host -> prober.probe(host).map(it -> PingMain.line(host, it)))
                    .doFinally(_ -> done.countDown())
                    .subscribe(System.out::println);
            done.await();
        }
        GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static void thrice(byte[] echo, Sender send, Sender other) {
        send.accept(echo);
        send.accept(echo);
        send.accept(echo);
    }

    private static void late(byte[] echo, Sender send, Sender other) {
        GROUP.schedule(() -> send.accept(echo), 420, TimeUnit.MILLISECONDS);
    }

    /** Everything is right but the token, which is guessed. */
    private static void flood(byte[] echo, Sender send, Sender other) {
        Random random = new Random(20260101);
        for (int i = 0; i < FLOOD; i++) {
            ByteBuffer packet = ByteBuffer.wrap(echo.clone());
            packet.putLong(12, random.nextLong()).putShort(2, (short) 0);
            packet.putShort(2, (short) EchoPacket.checksum(packet, 0, packet.capacity()));
            send.accept(packet.array());
        }
    }

    private static byte[] alter(byte[] echo, int at) {
        byte[] altered = echo.clone();
        altered[at + 1] ^= 1;
        ByteBuffer packet = ByteBuffer.wrap(altered).putShort(2, (short) 0);
        packet.putShort(2, (short) EchoPacket.checksum(packet, 0, altered.length));
        return altered;
    }

    private static EpollDatagramChannel raw() {
        int fd = Libc.socket(2, 3 | 0x800, 1); // AF_INET, SOCK_RAW | SOCK_NONBLOCK, ICMP
        if (fd < 0) {
            throw new IllegalStateException("no raw socket: errno " + -fd);
        }
        return new EpollDatagramChannel(fd);
    }

    private static void bind(EpollDatagramChannel channel, String address) {
        GROUP.register(channel).syncUninterruptibly();
        channel.bind(new InetSocketAddress(address, 0)).syncUninterruptibly();
    }

    private static final class Camera extends SimpleChannelInboundHandler<DatagramPacket> {

        private final Trick trick;
        private final EpollDatagramChannel other;

        Camera(Trick trick, EpollDatagramChannel other) {
            this.trick = trick;
            this.other = other;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf content = packet.content().skipBytes(20); // the IP header
            if (content.getByte(content.readerIndex()) != 8) {
                return;
            }
            byte[] echo = new byte[content.readableBytes()];
            content.readBytes(echo);
            echo[0] = 0;
            InetSocketAddress asker = packet.sender();
            trick.answer(
                    alter(alter(echo, 30), 30), // twice is not at all, with the checksum made new
                    bytes -> write(context.channel(), bytes, asker),
                    bytes -> write(other, bytes, asker));
        }

        private static void write(
                io.netty.channel.Channel channel, byte[] bytes, InetSocketAddress to) {
            channel.writeAndFlush(
                    new DatagramPacket(channel.alloc().directBuffer().writeBytes(bytes), to));
        }
    }
}
