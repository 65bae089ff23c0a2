package cctvout.simulator;

import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpSettings;
import cctvout.icmp.IcmpStatus;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Pings of a simulated city. On loopback the kernel answers every echo, so a line that is cut is
 * simulated here: its addresses answer what a cut line answers, after the time it takes; on a lossy
 * one half of the echoes that did come back are taken away, on a lagging one they come later. All
 * else goes to the real prober.
 */
final class CutLines implements IcmpProber {

    static final Duration LAG = Duration.ofMillis(300);

    private final IcmpProber real;
    private final Supplier<FaultBoard> board;
    private final IcmpSettings train;
    private final Clock clock;

    /**
     * @param board asked at each ping, so that a fleet may start later than the prober
     */
    CutLines(IcmpProber real, Supplier<FaultBoard> board, IcmpSettings train, Clock clock) {
        this.real = real;
        this.board = board;
        this.train = train;
        this.clock = clock;
    }

    @Override
    public Mono<IcmpOutcome> probe(String host) {
        return Mono.defer(
                () -> {
                    Condition condition = board.get().address(Fleet.address(host));
                    return switch (condition == null ? null : condition.fault()) {
                        case CUT -> silence();
                        case LOSSY -> real.probe(host).map(this::halved);
                        case LAGGING -> real.probe(host).delayElement(LAG).map(CutLines::lagging);
                        case null, default -> real.probe(host);
                    };
                });
    }

    @Override
    public Mode mode() {
        return real.mode();
    }

    @Override
    public String explanation() {
        return real.explanation();
    }

    private Mono<IcmpOutcome> silence() {
        Duration unanswered =
                train.spacing().multipliedBy(train.count() - 1L).plus(train.timeout());
        return Mono.delay(unanswered)
                .map(
                        _ ->
                                new IcmpOutcome.Measured(
                                        new IcmpResult(
                                                IcmpStatus.TIMEOUT,
                                                "TIMEOUT",
                                                train.count(),
                                                0,
                                                null,
                                                null,
                                                null,
                                                clock.instant())));
    }

    private static IcmpOutcome lagging(IcmpOutcome outcome) {
        return switch (outcome) {
            case IcmpOutcome.Measured(IcmpResult it) ->
                    new IcmpOutcome.Measured(
                            new IcmpResult(
                                    it.status(),
                                    it.reason(),
                                    it.sent(),
                                    it.received(),
                                    later(it.rttMinMs()),
                                    later(it.rttAvgMs()),
                                    later(it.rttMaxMs()),
                                    it.checkedAt()));
            case IcmpOutcome.Inconclusive _ -> outcome;
        };
    }

    private static @Nullable Double later(@Nullable Double rttMs) {
        return rttMs == null ? null : rttMs + LAG.toMillis();
    }

    private IcmpOutcome halved(IcmpOutcome outcome) {
        return switch (outcome) {
            case IcmpOutcome.Measured(IcmpResult result)
                    when result.status().answered() && result.sent() > 1 ->
                    new IcmpOutcome.Measured(
                            new IcmpResult(
                                    IcmpStatus.LOSS,
                                    "LOSS",
                                    result.sent(),
                                    Math.min(result.received(), result.sent() / 2),
                                    result.rttMinMs(),
                                    result.rttAvgMs(),
                                    result.rttMaxMs(),
                                    result.checkedAt()));
            case IcmpOutcome.Measured _, IcmpOutcome.Inconclusive _ -> outcome;
        };
    }
}
