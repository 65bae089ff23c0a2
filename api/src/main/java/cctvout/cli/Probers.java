package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.hls.HlsProber;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsSettings;
import cctvout.hls.ReactorNettyHlsProber;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpSettings;
import cctvout.icmp.NettyIcmpProber;
import cctvout.network.AllowedNetworks;
import cctvout.network.DnsHostResolver;
import cctvout.network.DnsSettings;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The probers of one run, and how many checks they take at a time. */
final class Probers implements AutoCloseable {

    private static final int ECHO_TRAINS = 65_536;
    private static final int STREAMS = 1024;
    private static final int STREAMS_A_HOST = 32;
    private static final Duration NO_HURRY = Duration.ofMinutes(10);

    /** What one check of one camera brought; null what was not asked for. */
    record Seen(Camera camera, @Nullable IcmpOutcome icmp, @Nullable HlsResult hls) {}

    private final CheckOptions options;
    private final DnsHostResolver resolver;
    private final @Nullable NettyIcmpProber icmp;
    private final HlsProber hls;
    private final Map<String, Mono<IcmpOutcome>> servers = new ConcurrentHashMap<>();

    private Probers(
            CheckOptions options,
            DnsHostResolver resolver,
            @Nullable NettyIcmpProber icmp,
            HlsProber hls) {
        this.options = options;
        this.resolver = resolver;
        this.icmp = icmp;
        this.hls = hls;
    }

    /** Reads files and opens sockets. */
    static Probers open(CheckOptions options, int cameras) {
        Clock clock = Clock.systemUTC();
        AllowedNetworks networks = AllowedNetworks.everywhere();
        DnsHostResolver resolver = DnsHostResolver.open(DnsSettings.standard());
        NettyIcmpProber icmp =
                options.icmp()
                        ? NettyIcmpProber.open(echoes(options), resolver, networks, clock)
                        : null;
        if (icmp != null) {
            WarmEcho.send(resolver, clock);
        }
        HlsProber hls =
                ReactorNettyHlsProber.create(streams(options, cameras), resolver, networks, clock);
        return new Probers(options, resolver, icmp, hls);
    }

    private static IcmpSettings echoes(CheckOptions options) {
        IcmpSettings standard = IcmpSettings.standard();
        Duration timeout = options.timeout() == null ? standard.timeout() : options.timeout();
        return standard.train(options.count(), standard.spacing(), timeout).inFlight(ECHO_TRAINS);
    }

    /** The whole file may wait its turn: nobody else does. */
    private static HlsSettings streams(CheckOptions options, int cameras) {
        HlsSettings standard = HlsSettings.defaults();
        Duration given = options.timeout();
        return new HlsSettings(
                given == null ? standard.connectTimeout() : given,
                given == null ? standard.responseTimeout() : given,
                standard.deadline(),
                NO_HURRY,
                STREAMS,
                STREAMS_A_HOST,
                Math.max(cameras, standard.queue()),
                standard.redirects(),
                standard.maxPlaylist(),
                standard.maxHeaders(),
                standard.verifyCertificates(),
                standard.userAgent());
    }

    /** Cameras that may be checked at a time. */
    int parallelism() {
        return options.hls() ? 2 * STREAMS : ECHO_TRAINS;
    }

    /** How to allow ICMP where it is wanted and not allowed; else null. */
    @Nullable String icmpHelp() {
        return icmp != null && icmp.mode() == IcmpProber.Mode.UNAVAILABLE
                ? icmp.explanation()
                : null;
    }

    /**
     * Begins at once; what was seen is told once, on an event loop or right away. A target taken
     * from a stream's host is pinged once for all.
     *
     * @param failed told instead where a prober broke its promise never to fail
     */
    void check(Camera camera, Consumer<Seen> told, Consumer<Throwable> failed) {
        Mono<IcmpOutcome> echoes = echoes(camera);
        String url = options.hls() ? camera.hlsTarget() : null;
        Mono<Seen> seen;
        if (url == null) {
            seen =
                    echoes == null
                            ? Mono.just(new Seen(camera, null, null))
                            : echoes.map(icmp -> new Seen(camera, icmp, null));
        } else {
            Mono<HlsResult> stream = hls.probe(url, null);
            seen =
                    echoes == null
                            ? stream.map(result -> new Seen(camera, null, result))
                            : Mono.zip(
                                    echoes,
                                    stream,
                                    (icmp, result) -> new Seen(camera, icmp, result));
        }
        seen.subscribe(told, failed);
    }

    /** Null where it is not asked for, or not allowed and there is the stream to look at. */
    private @Nullable Mono<IcmpOutcome> echoes(Camera camera) {
        String target = camera.icmpTarget();
        boolean deaf = icmpHelp() != null && options.hls() && camera.hlsTarget() != null;
        if (icmp == null || target == null || deaf) {
            return null;
        }
        return camera.isIcmpTargetDerived()
                ? servers.computeIfAbsent(target, _ -> icmp.probe(target).cache())
                : icmp.probe(target);
    }

    @Override
    public void close() {
        if (icmp != null) {
            icmp.close();
        }
        resolver.close();
    }
}
