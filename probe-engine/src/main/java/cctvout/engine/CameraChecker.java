package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.hls.HlsProber;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes one check: echoes and stream side by side, each an outcome and never an error. */
final class CameraChecker {

    private static final Logger log = LoggerFactory.getLogger(CameraChecker.class);

    /** How long an echo train to a shared server stands for the server's other cameras. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    private final IcmpProber icmp;
    private final HlsProber hls;
    private final Duration deadline;
    private final EngineMeters meters;
    private final Map<String, Mono<IcmpOutcome>> servers = new ConcurrentHashMap<>();

    CameraChecker(IcmpProber icmp, HlsProber hls, Duration deadline, EngineMeters meters) {
        this.icmp = icmp;
        this.hls = hls;
        this.deadline = deadline;
        this.meters = meters;
    }

    /** Lazy; exactly one value, never an error; cancelling cancels both probes. */
    Mono<Check.Seen> check(Check check) {
        Mono<Check.Seen> echoes = echoes(check.camera(), check.sharedServer());
        Mono<Check.Seen> stream = stream(check);
        return Mono.zip(echoes, stream, Check.Seen::and);
    }

    private Mono<Check.Seen> echoes(Camera camera, boolean sharedServer) {
        String target = camera.icmpTarget();
        if (target == null || icmp.mode() == IcmpProber.Mode.UNAVAILABLE) {
            return Mono.just(Check.Seen.NOTHING);
        }
        Mono<IcmpOutcome> train = meters.timedEcho(icmp.probe(target));
        Mono<IcmpOutcome> outcome =
                sharedServer
                        ? servers.computeIfAbsent(target, _ -> train.cache(SHARED_FOR))
                        : train;
        return outcome.map(Check.Seen::echoes)
                .timeout(deadline)
                .onErrorResume(bug -> broken("ICMP", camera, bug));
    }

    private Mono<Check.Seen> stream(Check check) {
        String url = check.camera().hlsTarget();
        if (url == null) {
            return Mono.just(Check.Seen.NOTHING);
        }
        return meters.timedStream(hls.probe(url, check.edge()))
                .map(Check.Seen::stream)
                .timeout(deadline)
                .onErrorResume(bug -> broken("HLS", check.camera(), bug));
    }

    /** The last camera of a server went. */
    void forget(String server) {
        servers.remove(server);
    }

    private static Mono<Check.Seen> broken(String probe, Camera camera, Throwable bug) {
        log.error(
                "{} probe of camera {} ended in an error instead of an outcome",
                probe,
                camera.id(),
                bug);
        return Mono.just(Check.Seen.broken("PROBER_ERROR"));
    }
}
