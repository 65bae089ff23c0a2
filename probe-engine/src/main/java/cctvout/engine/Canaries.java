package cctvout.engine;

import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.schedule.DueProbes;

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
    private final EngineClock clock;
    private volatile int silentRounds;
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

    boolean watching() {
        return !targets.isEmpty() && icmp.mode() != IcmpProber.Mode.UNAVAILABLE;
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

    private Mono<Boolean> look() {
        if (!watching()) {
            return Mono.empty();
        }
        long began = clock.nanos();
        return Flux.fromIterable(targets)
                .flatMap(icmp::probe, 8)
                .any(Canaries::answered)
                .onErrorReturn(false)
                .doOnNext(answered -> note(answered, began));
    }

    private static boolean answered(IcmpOutcome outcome) {
        return outcome instanceof IcmpOutcome.Measured(var result) && result.status().answered();
    }

    private void note(boolean anyAnswered, long began) {
        int silent = anyAnswered ? 0 : silentRounds + 1;
        silentRounds = silent;
        answeredLookAt = anyAnswered ? began : answeredLookAt;
        boolean now = silent >= ROUNDS;
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
