package cctvout.engine;

import cctvout.hls.Edge;
import cctvout.hls.HlsProber;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What each camera answers, and when it was asked. */
abstract class ScriptedProbes extends UnaskedStore implements IcmpProber, HlsProber {

    private static final Edge SEEN =
            new Edge(1, 0, "s", Instant.EPOCH, Duration.ofSeconds(2), Edge.Motion.PROVEN, null);

    final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    final List<String> pinged = new ArrayList<>();
    final List<String> streamed = new ArrayList<>();
    final Map<String, IcmpStatus> echoes = new HashMap<>();
    final Map<String, HlsReason> streams = new HashMap<>();

    /** Why a target cannot even be asked. */
    final Map<String, String> unasked = new HashMap<>();

    /** Milliseconds, of targets of which somebody wants to know. */
    final Map<String, Double> roundTrips = new HashMap<>();

    Duration probeTakes = Duration.ofMillis(100);

    /** Of streams that take another time than {@link #probeTakes}. */
    final Map<String, Duration> streamTakes = new HashMap<>();

    /** After so long a stream that was seen for the first time wants a second look. */
    @Nullable Duration secondLook;

    /** When each stream check began, on the virtual clock. */
    final List<Long> streamedAt = new ArrayList<>();

    /** When each echo train began, on the virtual clock. */
    final List<Long> pingedAt = new ArrayList<>();

    @Override
    public Mono<IcmpOutcome> probe(String host) {
        return Mono.defer(
                () -> {
                    String why = unasked.get(host);
                    if (why != null) {
                        return Mono.just(new IcmpOutcome.Inconclusive(why));
                    }
                    pinged.add(host);
                    pingedAt.add(time.now(TimeUnit.MILLISECONDS));
                    IcmpStatus status = echoes.getOrDefault(host, IcmpStatus.SUCCESS);
                    Double rtt = roundTrips.get(host);
                    IcmpOutcome outcome =
                            new IcmpOutcome.Measured(
                                    new IcmpResult(
                                            status,
                                            status.name(),
                                            4,
                                            4,
                                            rtt,
                                            rtt,
                                            rtt,
                                            Instant.EPOCH));
                    return Mono.just(outcome).delayElement(probeTakes, time);
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

    @Override
    public Mono<HlsResult> probe(String url, @Nullable Edge before) {
        return Mono.defer(
                () -> {
                    streamed.add(url);
                    streamedAt.add(time.now(TimeUnit.MILLISECONDS));
                    boolean unproven = before == null && secondLook != null;
                    HlsReason usual = unproven ? HlsReason.FRESHNESS_UNPROVEN : HlsReason.OK;
                    HlsReason reason = streams.getOrDefault(url, usual);
                    return Mono.just(
                                    new HlsResult(
                                            reason.status(),
                                            reason,
                                            null,
                                            null,
                                            null,
                                            null,
                                            null,
                                            List.of(),
                                            SEEN,
                                            unproven ? secondLook : null,
                                            Instant.EPOCH))
                            .delayElement(streamTakes.getOrDefault(url, probeTakes), time);
                });
    }
}
