package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.hls.HlsResult;
import cctvout.schedule.ProbeSchedule;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * When a camera is looked at next. The loop's thread alone; times are nanoseconds on the loop's
 * clock.
 */
final class Rounds {

    private final EngineSettings settings;
    private final EngineClock clock;
    private long firstChecksUntil;

    Rounds(EngineSettings settings, EngineClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.firstChecksUntil = clock.nanos();
    }

    /** Cameras never checked before come one after the other, so that an import makes no burst. */
    long first(Camera camera, long now) {
        long usual = ProbeSchedule.nextRound(camera.id(), interval(camera), now);
        firstChecksUntil = Math.max(firstChecksUntil + firstCheckStep(), now);
        return Math.min(firstChecksUntil, usual);
    }

    /** Between two checks that are not due yet, but wanted soon. */
    long firstCheckStep() {
        return Duration.ofSeconds(1).toNanos() / settings.firstChecksPerSecond();
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
        return ProbeSchedule.nextRound(watched.camera.id(), interval, now);
    }

    /** Sooner, where a doubt or the stream's own pace asks for it. */
    long next(Watched watched, @Nullable Instant lookAgainAt, @Nullable HlsResult hls, long now) {
        long round = next(watched, now);
        if (lookAgainAt != null) {
            long wait = Duration.between(clock.now(), lookAgainAt).toNanos();
            round = Math.min(round, now + Math.max(0, wait));
        }
        if (hls != null && hls.lookAgainAfter() != null) {
            round = Math.min(round, now + hls.lookAgainAfter().toNanos());
        }
        return round;
    }

    /**
     * What a pause made late is made up for over as long as the pause took: at twice the usual rate
     * at most.
     */
    long madeUp(Watched watched, Duration pause, long now) {
        Duration interval = interval(watched.camera);
        Duration span = pause.compareTo(interval) < 0 ? pause : interval;
        return ProbeSchedule.nextRound(watched.camera.id(), span, now);
    }

    private boolean downLately(Watched watched) {
        return watched.state.since().plus(settings.downFor()).isAfter(clock.now());
    }

    private Duration interval(Camera camera) {
        return camera.interval() != null ? camera.interval() : settings.interval();
    }
}
