package cctvout.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.socket.ServerSocketChannel;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.ChannelBindException;
import reactor.netty.FutureMono;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A running fleet: one listening socket that serves the HLS streams of all its cameras, each on its
 * camera's own 127.x.y.z address, or on its media server's. Only connections to loopback addresses
 * are taken. There is no timer for a camera: all is computed from the clock on request.
 *
 * <pre>{@code
 * FleetServer.start(FleetOptions.of(Fleet.of(1000), 18080).playing(Scenario.parse(text)))
 *         .flatMap(server -> ... server.port() ... .then(server.closed()))
 * }</pre>
 */
public final class FleetServer implements AutoCloseable {

    private static final int BACKLOG = 4096;

    /** All that wait, or a busy loop's turns would let the backlog run over. */
    private static final int ACCEPTS_A_TURN = BACKLOG;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Channel listening;
    private final OpenConnections connections;
    private final FleetOptions options;
    private final FaultBoard board;

    private FleetServer(
            Channel listening,
            OpenConnections connections,
            FleetOptions options,
            FaultBoard board) {
        this.listening = listening;
        this.connections = connections;
        this.options = options;
        this.board = board;
        var looks =
                listening
                        .eventLoop()
                        .scheduleAtFixedRate(
                                () -> connections.closeIdle(IDLE),
                                LOOK.toSeconds(),
                                LOOK.toSeconds(),
                                TimeUnit.SECONDS);
        listening.closeFuture().addListener(_ -> looks.cancel(false));
    }

    /**
     * Binds. Lazy; a server each subscription; the scenario begins then.
     *
     * @return the server, on an event loop; errors with {@link IllegalArgumentException} where the
     *     scenario names who is not in the fleet, with {@link reactor.netty.ChannelBindException}
     *     where the port is taken
     */
    public static Mono<FleetServer> start(FleetOptions options) {
        return Mono.defer(
                () ->
                        start(
                                options,
                                new FaultBoard(
                                        options.fleet(), options.scenario(), options.clock())));
    }

    /** Binds a server whose troubles are on another board than its own. */
    static Mono<FleetServer> start(FleetOptions options, FaultBoard board) {
        return Mono.create(sink -> bind(options, board, sink));
    }

    private static void bind(FleetOptions options, FaultBoard board, MonoSink<FleetServer> sink) {
        LoopResources loops = TcpResources.get();
        EventLoopGroup accepting = loops.onServerSelect(LoopResources.DEFAULT_NATIVE);
        EventLoopGroup serving = loops.onServer(LoopResources.DEFAULT_NATIVE);
        var connections = new OpenConnections(options.maxConnections());
        var cameras = new FleetHandler(options, board);
        var address = new InetSocketAddress("0.0.0.0", options.port());
        new ServerBootstrap()
                .group(accepting, serving)
                .channelFactory(() -> loops.onChannel(ServerSocketChannel.class, accepting))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(ACCEPTS_A_TURN))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(
                                                new LoopbackGate(board),
                                                new FleetConnection(cameras, connections));
                            }
                        })
                .bind(address)
                .addListener(
                        (ChannelFuture bound) -> {
                            if (bound.isSuccess()) {
                                sink.success(
                                        new FleetServer(
                                                bound.channel(), connections, options, board));
                            } else {
                                sink.error(ChannelBindException.fail(address, bound.cause()));
                            }
                        });
    }

    public Fleet fleet() {
        return options.fleet();
    }

    /** What is wrong with whom, to be altered by hand. */
    public FaultBoard faults() {
        return board;
    }

    /** The port that was bound, on every loopback address. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Entry playlist of a camera, by number from 1. */
    public String url(int camera) {
        SimulatedCamera found = fleet().camera(camera);
        if (found == null) {
            throw new IllegalArgumentException(
                    "camera " + camera + ": the fleet has " + fleet().size());
        }
        return found.hlsUrl(port());
    }

    /** Stops listening and closes all connections; does not wait, see {@link #closed()}. */
    @Override
    public void close() {
        listening.close();
        connections.closeAll();
    }

    /** Completes when it no longer listens. */
    public Mono<Void> closed() {
        return FutureMono.from(listening.closeFuture());
    }
}
