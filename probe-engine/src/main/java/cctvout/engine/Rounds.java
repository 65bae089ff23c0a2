package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.schedule.DueProbes;
import cctvout.schedule.ProbeSchedule;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;

/**
 * When a camera is looked at next. The loop's thread alone; times are nanoseconds on the loop's
 * clock.
 */
final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Without a change for so long, an import is over. */
    private static final long QUIET = 2 * SECOND;

    /** First checks a second while the engine starts, in a small city. */
    private static final double STARTING_AT_LEAST = 5;

    private static final int OVERLOADED_SLOWER = 4;

    /** So much of first checks ahead is an import, not somebody who adds cameras. */
    private static final long MANY_AHEAD = 5 * SECOND;

    /** An import of which there is no end in sight is not waited for any longer. */
    private static final long WAIT_FOR_IMPORT = 30 * SECOND;

    private final EngineSettings settings;
    private final EngineClock clock;
    private long firstChecksUntil;
    private long startChecksUntil;
    private boolean starting;
    private long startedAt;
    private long changedAt;
    private long changingSince;
    private long madeUpUntil;
    private long putOffUntil;

    /** Usual checks a second of all cameras. */
    private double perSecond;

    Rounds(EngineSettings settings, EngineClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.firstChecksUntil = clock.nanos();
        this.madeUpUntil = firstChecksUntil;
        this.putOffUntil = firstChecksUntil;
    }

    /** The cameras that there are already come from now on. */
    void starting(long now) {
        starting = true;
        startedAt = now;
        startChecksUntil = now;
    }

    /** They have all come. */
    void started(long now) {
        if (starting) {
            starting = false;
            log.info(
                    "Cameras read within {} ms: {} checks a second from now on",
                    Duration.ofNanos(now - startedAt).toMillis(),
                    Math.round(perSecond * 10) / 10.0);
        }
    }

    void changedAt(long now) {
        if (now - changedAt >= QUIET) {
            changingSince = now;
        }
        changedAt = now;
    }

    /**
     * While an import brings more cameras than can be looked at soon: their first checks would take
     * its time, and they are minutes away anyway.
     */
    boolean isImporting(long now) {
        return !starting
                && firstChecksUntil - now > MANY_AHEAD
                && now - changedAt < QUIET
                && now - changingSince < WAIT_FOR_IMPORT;
    }

    void joined(Camera camera) {
        perSecond += rate(camera);
    }

    void left(Camera camera) {
        perSecond -= rate(camera);
    }

    /**
     * Cameras never checked before come one after the other, so that an import makes no burst.
     * While the engine starts they add only a share to the mean rate of all the others.
     */
    long first(Camera camera, long now) {
        long usual = ProbeSchedule.nextRound(camera.id(), interval(camera), now);
        if (starting) {
            startChecksUntil = Math.max(startChecksUntil + startCheckStep(), now);
            return Math.min(startChecksUntil, usual);
        }
        firstChecksUntil = Math.max(firstChecksUntil + firstCheckStep(), now);
        return Math.min(firstChecksUntil, usual);
    }

    /**
     * While there is too much to do first checks come a quarter as fast: else they take the time of
     * those that are known. At the usual round at the latest.
     */
    long putOff(Watched watched, long now) {
        putOffUntil = Math.max(putOffUntil, now) + OVERLOADED_SLOWER * firstCheckStep();
        return Math.min(putOffUntil, next(watched, now));
    }

    /** Between two checks that are not due yet, but wanted soon. */
    long firstCheckStep() {
        return SECOND / settings.firstChecksPerSecond();
    }

    /** Between two checks of cameras whose line or server is known to be down, or back. */
    long siblingCheckStep() {
        return SECOND / settings.siblingChecksPerSecond();
    }

    /** The usual round; while a camera is down, a shorter one at first. */
    long next(Watched watched, long now) {
        Duration interval = interval(watched.camera);
        Duration down = settings.downInterval();
        if (watched.state.verdict().isFault()
                && downLately(watched)
                && down.compareTo(interval) < 0) {
            interval = down;
        }
        return ProbeSchedule.nextRound(watched.place, interval, now);
    }

    /** Sooner, where a doubt or the stream's own pace asks for it. */
    long next(Watched watched, @Nullable Instant lookAgainAt, @Nullable HlsResult hls, long now) {
        long round = next(watched, now);
        if (lookAgainAt != null) {
            long wait = Duration.between(clock.now(), lookAgainAt).toNanos();
            round = Math.min(round, now + Math.max(0, wait));
        }
        if (hls != null && hls.lookAgainAfter() != null) {
            round = Math.min(round, secondLook(watched, hls, hls.lookAgainAfter(), now));
        }
        return round;
    }

    /**
     * After a start no stream's edge is known, and all would be looked at twice. Those that were
     * well by the log take a share of the mean rate for it; the others of them wait for their usual
     * round.
     */
    private long secondLook(Watched watched, HlsResult hls, Duration wait, long now) {
        long look = now + wait.toNanos();
        if (hls.reason() != HlsReason.FRESHNESS_UNPROVEN || !watched.isWellByTheLog()) {
            return look;
        }
        long place = Math.max(look, startChecksUntil + startCheckStep());
        if (place >= next(watched, now)) {
            return DueProbes.NEVER;
        }
        startChecksUntil = place;
        return place;
    }

    private long startCheckStep() {
        double rate = Math.max(STARTING_AT_LEAST, settings.startShare() * perSecond);
        return (long) (SECOND / rate);
    }

    /** All that this pause made late is made up for from here on, at {@link #madeUp}. */
    MakeUp makeUp(Duration pause, long now) {
        boolean again = madeUpUntil > now;
        return new MakeUp(pause.toNanos(), again ? madeUpUntil : now, again ? 4 : 2);
    }

    /** The last of what a pause made late is checked then. */
    void madeUpUntil(long last) {
        madeUpUntil = last;
    }

    /** At its usual round, where that comes sooner or the pause was longer than the interval. */
    long madeUp(Watched watched, MakeUp makeUp, long now) {
        Duration interval = interval(watched.camera);
        long usual = ProbeSchedule.nextRound(watched.place, interval, now);
        return makeUp.pause() >= interval.toNanos()
                ? usual
                : Math.min(usual, makeUp.at(watched.due(), now));
    }

    /**
     * What a pause made late is checked in its order and half as fast, beside what is usual: at one
     * and a half times the usual rate. A pause within that time missed as much more; that comes
     * after the first, and slower.
     *
     * @param pause nanoseconds
     * @param from nanoseconds on the loop's clock
     */
    record MakeUp(long pause, long from, int slower) {

        private long at(long due, long now) {
            return from + slower * Math.clamp(due - (now - pause), 0, pause);
        }
    }

    private double rate(Camera camera) {
        return (double) SECOND / interval(camera).toNanos();
    }

    private boolean downLately(Watched watched) {
        return watched.state.since().plus(settings.downFor()).isAfter(clock.now());
    }

    private Duration interval(Camera camera) {
        return camera.interval() != null ? camera.interval() : settings.interval();
    }
}
