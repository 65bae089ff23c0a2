package cctvout.simulator;

import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import java.time.Duration;

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
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final DisposableServer server;
    private final ChannelGroup connections;
    private final FleetOptions options;
    private final FaultBoard board;

    private FleetServer(
            DisposableServer server,
            ChannelGroup connections,
            FleetOptions options,
            FaultBoard board) {
        this.server = server;
        this.connections = connections;
        this.options = options;
        this.board = board;
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
        return Mono.defer(
                () -> {
                    var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
                    return HttpServer.create()
                            .host("0.0.0.0")
                            .port(options.port())
                            .option(ChannelOption.SO_BACKLOG, BACKLOG)
                            .option(ChannelOption.SO_REUSEADDR, true)
                            .maxConnections(options.maxConnections())
                            .channelGroup(connections)
                            .idleTimeout(IDLE)
                            .doOnChannelInit(
                                    (_, channel, _) ->
                                            channel.pipeline().addFirst(new LoopbackGate(board)))
                            .handle(new FleetHandler(options, board))
                            .bind()
                            .map(bound -> new FleetServer(bound, connections, options, board));
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
        return server.port();
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
        server.dispose();
        connections.close();
    }

    /** Completes when it no longer listens. */
    public Mono<Void> closed() {
        return server.onDispose();
    }
}
