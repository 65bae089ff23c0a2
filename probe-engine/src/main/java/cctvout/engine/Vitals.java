package cctvout.engine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How the engine itself does. The loop's thread writes, any may read.
 *
 * <p>Lanes that are full make checks late, but what is seen is still true: only the state says so.
 * A loop that got no turn may also have read its answers too late: bad results from that time say
 * nothing. A pause voids all that was under way.
 */
final class Vitals {

    private static final Logger log = LoggerFactory.getLogger(Vitals.class);

    /** Looks in a row, a second apart, that make an overload. */
    private static final int LATE_LOOKS = 3;

    /** And that end one. */
    private static final int GOOD_LOOKS = 10;

    private static final long LONG_AGO = Long.MIN_VALUE;

    private final EngineSettings settings;
    private final Canaries canaries;
    private long pausedAt = LONG_AGO;
    private long madeUpAt = LONG_AGO;
    private long stalledAt = LONG_AGO;
    private int lateLooks;
    private int goodLooks;
    private boolean overloaded;
    private boolean dark;
    private @Nullable EngineCause why;
    private volatile EngineState state = EngineState.RUNNING;
    private volatile @Nullable EngineCause cause;
    private volatile List<LaneStatus> lanes = List.of();

    Vitals(EngineSettings settings, Canaries canaries) {
        this.settings = settings;
        this.canaries = canaries;
    }

    /** The process stood still until now. */
    void paused(Duration gap, Duration madeUpWithin, long now) {
        pausedAt = now;
        madeUpAt = now + madeUpWithin.toNanos();
        EngineCause stood =
                new EngineCause(
                        EngineCause.Code.STOOD_STILL, Map.of("seconds", seconds(gap.toNanos())));
        why = stood;
        log.warn(stood.sentence());
        decide(now);
    }

    /** The wall clock was set back: nothing was missed, and what was under way spans two times. */
    void setBack(Duration by, long now) {
        pausedAt = now;
        log.warn(
                "The clock was set back by {} s: what was under way counts for nothing",
                seconds(by.toNanos()));
    }

    /** The loop got no turn for so long. */
    void stalled(Duration gap, long now) {
        stalledAt = now;
        overload(
                new EngineCause(
                        EngineCause.Code.NO_TURN, Map.of("ms", Long.toString(gap.toMillis()))),
                now);
    }

    /**
     * Once a second.
     *
     * @param latest by how much a check was late at most since the look before
     */
    void look(long latest, List<LaneStatus> lanesNow, long now) {
        lanes = lanesNow;
        long bound = settings.overloadLateness().toNanos();
        lateLooks = latest > bound ? lateLooks + 1 : 0;
        goodLooks = latest <= bound / 2 ? goodLooks + 1 : 0;
        if (lateLooks >= LATE_LOOKS) {
            overload(late(seconds(latest), lanesNow), now);
        } else if (overloaded && goodLooks >= GOOD_LOOKS) {
            overloaded = false;
            log.warn("No longer overloaded");
        }
        decide(now);
    }

    /** Nothing answers on any line. */
    void dark(boolean nobodyAnswers, long now) {
        if (dark != nobodyAnswers) {
            dark = nobodyAnswers;
            if (dark) {
                log.error(
                        "BLIND: cameras of several lines fell silent, and nothing has answered since");
            } else {
                log.warn("No longer blind: something answers");
            }
            decide(now);
        }
    }

    private void overload(EngineCause reason, long now) {
        goodLooks = 0;
        if (!overloaded) {
            log.warn("OVERLOADED: {}", reason.sentence());
        }
        overloaded = true;
        why = reason;
        decide(now);
    }

    private static EngineCause late(String seconds, List<LaneStatus> lanes) {
        for (LaneStatus lane : lanes) {
            if (lane.waiting() > 0) {
                return new EngineCause(
                        EngineCause.Code.LANE_FULL,
                        Map.of(
                                "seconds", seconds,
                                "waiting", Integer.toString(lane.waiting()),
                                "setting", lane.setting(),
                                "limit", Integer.toString(lane.limit())));
            }
        }
        return new EngineCause(EngineCause.Code.CHECKS_LATE, Map.of("seconds", seconds));
    }

    private void decide(long now) {
        if (canaries.blindness() != null) {
            tell(EngineState.BLIND, EngineCause.of(EngineCause.Code.NO_CANARY_ANSWERS));
        } else if (dark) {
            tell(EngineState.BLIND, EngineCause.of(EngineCause.Code.NOTHING_ANSWERS));
        } else if (madeUpAt != LONG_AGO && now < madeUpAt) {
            tell(EngineState.PAUSED, why);
        } else if (overloaded) {
            tell(EngineState.OVERLOADED, why);
        } else {
            tell(EngineState.RUNNING, null);
        }
    }

    private void tell(EngineState now, @Nullable EngineCause because) {
        state = now;
        cause = because;
    }

    /** Why nothing that the check saw can be trusted; null where it can. */
    @Nullable String distrusts(Check check) {
        if (pausedAt != LONG_AGO && check.begunAt <= pausedAt) {
            return "PAUSED";
        }
        return check.broken != null ? check.broken : canaries.blindness();
    }

    /**
     * Why something bad that the check saw cannot be trusted; null where it can.
     *
     * @param deviatingAt when the first bad result was in; a canary has to have answered since
     */
    @Nullable String distrustsBad(Check check, long deviatingAt) {
        if (stalledAt != LONG_AGO && check.begunAt <= stalledAt) {
            return "OVERLOADED";
        }
        return canaries.answeredSince(deviatingAt) ? null : "CANARY_SILENT";
    }

    /** Somebody named what is known to be good, and it can be asked. */
    boolean hasCanary() {
        return canaries.watching();
    }

    /** Somebody named what is known to be good, and nothing of it can be asked. */
    boolean hasMuteCanary() {
        return canaries.isMute();
    }

    /** Whether the time that a check took can be trusted too. */
    boolean isWell(Check check, long deviatingAt) {
        return state == EngineState.RUNNING
                && distrusts(check) == null
                && distrustsBad(check, deviatingAt) == null;
    }

    /** On the loop's thread. */
    boolean isOverloaded() {
        return overloaded;
    }

    EngineState state() {
        return state;
    }

    /** Null while it is well. */
    @Nullable EngineCause cause() {
        return cause;
    }

    List<LaneStatus> lanes() {
        return lanes;
    }

    private static String seconds(long nanos) {
        return Double.toString(TimeUnit.NANOSECONDS.toMillis(nanos) / 1000.0);
    }
}
