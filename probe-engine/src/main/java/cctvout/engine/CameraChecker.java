package cctvout.engine;

import cctvout.hls.HlsProber;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is to be probed of a camera: echoes, a stream, or both. */
final class CameraChecker {

    /** How long an echo train to a shared server stands for the server's other cameras. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    private final IcmpProber icmp;
    private final HlsProber hls;
    private final Map<String, Mono<IcmpOutcome>> servers = new ConcurrentHashMap<>();

    CameraChecker(IcmpProber icmp, HlsProber hls) {
        this.icmp = icmp;
        this.hls = hls;
    }

    /** The camera's echo train; null where it has no target, or no echo can be sent. Lazy. */
    @Nullable Mono<IcmpOutcome> echoes(Check check) {
        String target = check.camera.icmpTarget();
        if (target == null || icmp.mode() == IcmpProber.Mode.UNAVAILABLE) {
            return null;
        }
        Mono<IcmpOutcome> train = icmp.probe(target);
        return check.sharedServer
                ? servers.computeIfAbsent(target, _ -> train.cache(SHARED_FOR))
                : train;
    }

    /** The camera's stream check; null where it has no stream. Lazy. */
    @Nullable Mono<HlsResult> stream(Check check) {
        String url = check.camera.hlsTarget();
        return url == null ? null : hls.probe(url, check.edge);
    }

    /** The last camera of a server went. */
    void forget(String server) {
        servers.remove(server);
    }
}
