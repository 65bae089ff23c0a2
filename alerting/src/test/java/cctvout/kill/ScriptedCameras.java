package cctvout.kill;

import cctvout.hls.Edge;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cameras that answer what they are told to, by their address. Of one that nothing was said of yet
 * nothing is known: no answer of it counts.
 */
final class ScriptedCameras implements IcmpProber {

    private static final Edge SEEN =
            new Edge(1, 0, "s", Instant.EPOCH, Duration.ofSeconds(2), Edge.Motion.PROVEN, null);

    private final Map<String, Condition> conditions = new ConcurrentHashMap<>();

    void are(Condition condition, String address) {
        conditions.put(address, condition);
    }

    @Override
    public Mono<IcmpOutcome> probe(String host) {
        return Mono.fromSupplier(
                () -> {
                    Condition condition = conditions.get(host);
                    if (condition == null) {
                        return new IcmpOutcome.Inconclusive("PROBER_OVERLOAD");
                    }
                    Instant now = Instant.now();
                    return new IcmpOutcome.Measured(
                            condition == Condition.CUT
                                    ? new IcmpResult(
                                            IcmpStatus.TIMEOUT,
                                            "TIMEOUT",
                                            4,
                                            0,
                                            null,
                                            null,
                                            null,
                                            now)
                                    : new IcmpResult(
                                            IcmpStatus.SUCCESS, "OK", 4, 4, 1.0, 1.0, 1.0, now));
                });
    }

    /** What {@link cctvout.hls.HlsProber} is asked for. */
    Mono<HlsResult> stream(String url, @Nullable Edge before) {
        return Mono.fromSupplier(
                () -> {
                    Condition condition = conditions.get(URI.create(url).getHost());
                    HlsReason reason =
                            switch (condition) {
                                case null -> HlsReason.PROBER_OVERLOAD;
                                case WELL -> HlsReason.OK;
                                case CUT -> HlsReason.CONNECT_TIMEOUT;
                                case BROKEN -> HlsReason.HTTP_404;
                            };
                    return new HlsResult(
                            reason.status(),
                            reason,
                            condition == Condition.BROKEN ? 404 : null,
                            null,
                            null,
                            1L,
                            null,
                            List.of(),
                            SEEN,
                            null,
                            Instant.now());
                });
    }

    @Override
    public Mode mode() {
        return Mode.DGRAM;
    }

    @Override
    public String explanation() {
        return "scripted";
    }
}
