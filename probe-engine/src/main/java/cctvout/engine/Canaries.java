package cctvout.engine;

import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.network.AllowedNetworks;
import cctvout.schedule.DueProbes;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Targets that are known good: when none of them answers, twice running, it is the monitor that is
 * ill. Where none of them can even be asked, twice running, they say nothing either way.
 */
final class Canaries {

    private static final Logger log = LoggerFactory.getLogger(Canaries.class);

    private static final int ROUNDS = 2;
    private static final String SOCKET_BROKEN = "SOCKET_BROKEN";

    /** A prober that broke its promise sees as little as one whose socket broke. */
    private static final List<IcmpOutcome> BROKEN =
            List.of(new IcmpOutcome.Inconclusive(SOCKET_BROKEN));

    private final List<String> targets;
    private final Duration interval;
    private final IcmpProber icmp;
    private final EngineClock clock;
    private volatile int silentRounds;
    private volatile int roundsWithoutALook;
    private volatile long answeredLookAt = Long.MIN_VALUE;
    private volatile boolean blind;

    Canaries(List<String> targets, Duration interval, IcmpProber icmp, EngineClock clock) {
        this.targets = targets;
        this.interval = interval;
        this.icmp = icmp;
        this.clock = clock;
    }

    Disposable start() {
        return Mono.defer(this::look)
                .repeatWhen(rounds -> rounds.delayElements(interval))
                .subscribe(
                        _ -> {}, bug -> log.error("The canaries have ended: they must never", bug));
    }

    private boolean asked() {
        return !targets.isEmpty() && icmp.mode() != IcmpProber.Mode.UNAVAILABLE;
    }

    boolean watching() {
        return asked() && !isMute();
    }

    /** Our own side keeps us from asking any: a dead name server, a closed range. */
    boolean isMute() {
        return roundsWithoutALook >= ROUNDS;
    }

    /** Why nothing that is seen can be trusted; null where it can. */
    @Nullable String blindness() {
        return blind ? "BLIND" : null;
    }

    /**
     * The monitor was seen to be well after something began to look ill; true where there are no
     * canaries, or nothing looks ill.
     *
     * @param ill on the loop's clock
     */
    boolean answeredSince(long ill) {
        return !watching() || ill == DueProbes.NEVER || silentRounds == 0 && answeredLookAt >= ill;
    }

    /**
     * @throws IllegalArgumentException that names the setting, where an address may not be pinged:
     *     it would never answer
     */
    static void refuseForbidden(List<String> targets, AllowedNetworks networks) {
        for (String target : targets) {
            InetAddress address = literal(target);
            if (address != null && !networks.allows(address)) {
                throw new IllegalArgumentException(
                        "cctvout.probe.canaries: "
                                + target
                                + " may not be pinged, as cctvout.probe.allowed-networks does not"
                                + " name it");
            }
        }
    }

    /** Null where it is a name. */
    private static @Nullable InetAddress literal(String target) {
        try {
            return InetAddress.ofLiteral(target);
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }

    private Mono<List<IcmpOutcome>> look() {
        if (!asked()) {
            return Mono.empty();
        }
        long began = clock.nanos();
        return Flux.fromIterable(targets)
                .flatMap(icmp::probe, 8)
                .takeUntil(Canaries::answered)
                .collectList()
                .onErrorReturn(BROKEN)
                .doOnNext(outcomes -> note(outcomes, began));
    }

    private static boolean answered(IcmpOutcome outcome) {
        return outcome instanceof IcmpOutcome.Measured(var result) && result.status().answered();
    }

    private void note(List<IcmpOutcome> outcomes, long began) {
        if (outcomes.stream().anyMatch(Canaries::answered)) {
            answeredLookAt = began;
            silent(0);
        } else if (outcomes.stream().anyMatch(Canaries::isLook)) {
            silent(silentRounds + 1);
        } else {
            notAsked(outcomes);
        }
    }

    /** A socket that broke is the monitor's own illness; with all else it did not get that far. */
    private static boolean isLook(IcmpOutcome outcome) {
        return !(outcome instanceof IcmpOutcome.Inconclusive(var why)) || why.equals(SOCKET_BROKEN);
    }

    private void silent(int rounds) {
        roundsWithoutALook = 0;
        silentRounds = rounds;
        tell(rounds >= ROUNDS);
    }

    private void notAsked(List<IcmpOutcome> why) {
        roundsWithoutALook = Math.min(roundsWithoutALook + 1, ROUNDS + 1);
        if (roundsWithoutALook == ROUNDS) {
            log.error(
                    "No canary of {} can be asked, {}: until one can, the cameras tell whether the"
                            + " monitor is blind. BLOCKED_ADDRESS: cctvout.probe.allowed-networks"
                            + " leaves it out",
                    targets,
                    why);
            blind = false;
        }
    }

    private void tell(boolean now) {
        if (now != blind) {
            blind = now;
            if (now) {
                log.error("BLIND: no canary of {} answers: verdicts stay until one does", targets);
            } else {
                log.warn("No longer blind: a canary answers");
            }
        }
    }
}
