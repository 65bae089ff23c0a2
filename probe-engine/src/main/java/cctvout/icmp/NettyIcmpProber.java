package cctvout.icmp;

import cctvout.icmp.IcmpOutcome.Inconclusive;
import cctvout.icmp.IcmpOutcome.Measured;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * All echo trains over one ICMP socket a family, on one event loop of its own, so that heavy work
 * on other loops does not lengthen round trips. An outcome known at once (blocked address, too many
 * trains in flight, no socket) comes on the caller's thread.
 */
public final class NettyIcmpProber implements IcmpProber, AutoCloseable {

    private final IcmpSettings settings;
    private final HostResolver resolver;
    private final AllowedNetworks networks;
    private final Clock clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Opening opening;

    private NettyIcmpProber(
            IcmpSettings settings, HostResolver resolver, AllowedNetworks networks, Clock clock) {
        this.settings = settings;
        this.resolver = resolver;
        this.networks = networks;
        this.clock = clock;
        opening = Opening.of(settings, clock);
    }

    /**
     * Opens the sockets. Where the system allows none, it is a prober of mode UNAVAILABLE that says
     * how to allow one, and whose outcomes are inconclusive.
     */
    public static NettyIcmpProber open(
            IcmpSettings settings, HostResolver resolver, AllowedNetworks networks, Clock clock) {
        return new NettyIcmpProber(settings, resolver, networks, clock);
    }

    @Override
    public Mono<IcmpOutcome> probe(String host) {
        return Mono.defer(
                () -> {
                    try {
                        return train(InetAddress.ofLiteral(host));
                    } catch (IllegalArgumentException aName) {
                        return resolver.resolve(host)
                                .map(this::reachable)
                                .flatMap(this::train)
                                .onErrorResume(this::unresolved);
                    }
                });
    }

    /** The first that may be probed, else one that says it may not. */
    private InetAddress reachable(List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (networks.allows(address) && opening.supports(IcmpFamily.of(address))) {
                return address;
            }
        }
        return addresses.getFirst();
    }

    private Mono<IcmpOutcome> unresolved(Throwable failure) {
        return switch (failure) {
            case UnknownHostException _ ->
                    Mono.just(
                            new Measured(
                                    new IcmpResult(
                                            IcmpStatus.FAIL,
                                            "DNS_ERROR",
                                            0,
                                            0,
                                            null,
                                            null,
                                            null,
                                            clock.instant())));
            case TimeoutException _ -> inconclusive("DNS_TIMEOUT");
            default -> inconclusive("RESOLVER_FAILED");
        };
    }

    private Mono<IcmpOutcome> train(InetAddress target) {
        if (!networks.allows(target)) {
            return inconclusive("BLOCKED_ADDRESS");
        }
        EchoLoop loop = opening.loop();
        if (loop == null) {
            return inconclusive("ICMP_UNAVAILABLE");
        }
        if (!opening.supports(IcmpFamily.of(target))) {
            return inconclusive("FAMILY_UNAVAILABLE");
        }
        return Mono.create(sink -> new Request(sink).start(loop, target));
    }

    private static Mono<IcmpOutcome> inconclusive(String reason) {
        return Mono.just(new Inconclusive(reason));
    }

    @Override
    public Mode mode() {
        return opening.mode();
    }

    @Override
    public String explanation() {
        return opening.explanation();
    }

    /** Trains asked for and not over. */
    public int inFlight() {
        return inFlight.get();
    }

    @Nullable EchoLoop loop() {
        return opening.loop();
    }

    /**
     * Ends what is in flight, and whatever is asked for from now on, as {@code SOCKET_BROKEN} and
     * gives the sockets back. Once more does nothing.
     */
    @Override
    public void close() {
        opening.close();
    }

    /** One subscriber; its train while there is one, on the loop. */
    private final class Request implements Consumer<IcmpOutcome> {

        private final MonoSink<IcmpOutcome> sink;
        private @Nullable EchoTrain train;
        private boolean cancelled;
        private boolean over;

        Request(MonoSink<IcmpOutcome> sink) {
            this.sink = sink;
        }

        void start(EchoLoop loop, InetAddress target) {
            if (inFlight.incrementAndGet() > settings.inFlight()) {
                inFlight.decrementAndGet();
                sink.success(new Inconclusive("PROBER_OVERLOAD"));
                return;
            }
            sink.onCancel(() -> loop.execute(() -> cancel(loop)));
            if (!loop.execute(() -> begin(loop, target))) {
                accept(new Inconclusive("SOCKET_BROKEN"));
            }
        }

        private void begin(EchoLoop loop, InetAddress target) {
            if (!cancelled) {
                train = loop.start(target, this);
            }
        }

        private void cancel(EchoLoop loop) {
            cancelled = true;
            if (!over) {
                over = true;
                inFlight.decrementAndGet();
                EchoTrain running = train;
                if (running != null) {
                    loop.cancel(running, this);
                }
            }
        }

        @Override
        public void accept(IcmpOutcome outcome) {
            if (!over) {
                over = true;
                inFlight.decrementAndGet();
                sink.success(outcome);
            }
        }
    }

    /** What the system let us open. */
    private record Opening(
            Mode mode,
            String explanation,
            boolean v6,
            @Nullable EchoLoop loop,
            @Nullable EventLoopGroup group) {

        static Opening of(IcmpSettings settings, Clock clock) {
            if (!Epoll.isAvailable()) {
                return unavailable(Explanations.NOT_LINUX);
            }
            IcmpSocket v4;
            try {
                v4 = IcmpSocket.open(IcmpFamily.V4, settings.socket(), settings.receiveBuffer());
            } catch (IcmpSocket.Refused refused) {
                return unavailable(Explanations.of(refused));
            }
            EventLoopGroup group =
                    new MultiThreadIoEventLoopGroup(
                            1, new DefaultThreadFactory("icmp", true), EpollIoHandler.newFactory());
            EchoLoop loop = new EchoLoop(settings, group.next(), clock);
            loop.use(v4);
            boolean v6 = openV6(settings, loop);
            Mode mode = v4.raw() ? Mode.RAW : Mode.DGRAM;
            return new Opening(mode, Explanations.of(mode), v6, loop, group);
        }

        private static boolean openV6(IcmpSettings settings, EchoLoop loop) {
            try {
                loop.use(
                        IcmpSocket.open(
                                IcmpFamily.V6, settings.socket(), settings.receiveBuffer()));
                return true;
            } catch (IcmpSocket.Refused _) {
                return false;
            }
        }

        private static Opening unavailable(String explanation) {
            return new Opening(Mode.UNAVAILABLE, explanation, false, null, null);
        }

        boolean supports(IcmpFamily family) {
            return family == IcmpFamily.V4 ? loop != null : v6;
        }

        void close() {
            if (loop != null) {
                loop.execute(loop::close);
            }
            if (group != null) {
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
        }
    }
}
