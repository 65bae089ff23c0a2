package cctvout.engine;

import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/**
 * Targets that are known good: when none of them answers, twice running, it is the monitor that is
 * ill.
 */
final class Canaries {

    private static final Logger log = LoggerFactory.getLogger(Canaries.class);

    private static final int ROUNDS = 2;

    private final List<String> targets;
    private final Duration interval;
    private final IcmpProber icmp;
    private int silentRounds;
    private volatile boolean blind;

    Canaries(List<String> targets, Duration interval, IcmpProber icmp) {
        this.targets = targets;
        this.interval = interval;
        this.icmp = icmp;
    }

    Disposable start() {
        return Mono.defer(this::look)
                .repeatWhen(rounds -> rounds.delayElements(interval))
                .subscribe(
                        _ -> {}, bug -> log.error("The canaries have ended: they must never", bug));
    }

    boolean watching() {
        return !targets.isEmpty() && icmp.mode() != IcmpProber.Mode.UNAVAILABLE;
    }

    /** Why nothing that is seen can be trusted; null where it can. */
    @Nullable String blindness() {
        return blind ? "BLIND" : null;
    }

    private Mono<Boolean> look() {
        if (!watching()) {
            return Mono.empty();
        }
        return Flux.fromIterable(targets)
                .flatMap(icmp::probe, 8)
                .any(Canaries::answered)
                .onErrorReturn(false)
                .doOnNext(this::note);
    }

    private static boolean answered(IcmpOutcome outcome) {
        return outcome instanceof IcmpOutcome.Measured(var result) && result.status().answered();
    }

    private void note(boolean anyAnswered) {
        silentRounds = anyAnswered ? 0 : silentRounds + 1;
        boolean now = silentRounds >= ROUNDS;
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
