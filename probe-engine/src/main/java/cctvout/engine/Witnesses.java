package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.schedule.DueProbes;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All cameras as one canary, where none is named: where those of several lines fall silent, and
 * nothing has answered since, it is the monitor that sees nothing. A camera is called silent only
 * once another way has answered; where nobody was just looked at, some are, so that no verdict
 * waits for long. The loop's thread alone.
 */
final class Witnesses {

    /** Fewer lines than this may well be down together. */
    private static final int WAYS = 3;

    /** Looked at for the sake of one that is silent. */
    private static final int PULLED = 6;

    /** Cameras that are considered for it, so that no doubt walks through a city. */
    private static final int CONSIDERED = 1000;

    /** Others were heard so recently that they need not be asked. */
    private static final long JUST_NOW = Duration.ofMillis(500).toNanos();

    /** Where many fall silent, somebody has to have answered within this time. */
    private static final long RECENT = Duration.ofSeconds(5).toNanos();

    private static final long AGAIN_AFTER = Duration.ofSeconds(2).toNanos();

    /**
     * Without a word from anybody, and with too few lines that are silent: it may be the camera.
     */
    private static final long PATIENCE = Duration.ofSeconds(12).toNanos();

    /** What is dark for so long is told. */
    private static final long SETTLED = Duration.ofSeconds(3).toNanos();

    private static final long NEVER = Long.MIN_VALUE;

    private final Map<CameraId, Watched> cameras;
    private final DueProbes<Watched> due;

    /** How many cameras each has. */
    private final Map<String, Integer> ways = new HashMap<>();

    /** On which cameras that were well fell silent since anything answered. */
    private final Set<String> silent = new HashSet<>();

    /** Others are asked each time. */
    private Iterator<Watched> walk = Collections.emptyIterator();

    /** One fell silent, no canary can be asked, and nobody has answered for a while. */
    private boolean unheard;

    private long darkSince = NEVER;
    private long answeredAt = NEVER;
    private long lightAt = NEVER;
    private long pulledAt = NEVER;

    Witnesses(Map<CameraId, Watched> cameras, DueProbes<Watched> due) {
        this.cameras = cameras;
        this.due = due;
    }

    void add(Camera camera) {
        ways.merge(way(camera, Kin.keys(camera)), 1, Integer::sum);
    }

    void remove(Camera camera) {
        ways.computeIfPresent(
                way(camera, Kin.keys(camera)), (_, count) -> count == 1 ? null : count - 1);
    }

    /** Its own line; of a camera that is known by its stream alone, the server's. */
    private static String way(Camera camera, List<String> kin) {
        boolean own = camera.ip() != null && camera.probes().icmp() && !kin.isEmpty();
        return own ? kin.getFirst() : "host:" + camera.hlsHost();
    }

    private static String way(Watched watched) {
        return way(watched.camera, watched.kin);
    }

    /** What was seen of one of them, also where it is not to be trusted. */
    void note(Check check, long now) {
        if (check.isAnswered()) {
            if (isBlind(now)) {
                lightAt = now;
            }
            answeredAt = Math.max(answeredAt, check.begunAt);
            silent.clear();
            unheard = false;
        } else if (check.isSilent()
                && check.begunAt > answeredAt
                && check.watched.state.verdict() == Verdict.HEALTHY
                && silent.size() < WAYS) {
            silent.add(way(check.watched));
            darkSince = isDark() ? now : NEVER;
        }
    }

    /** Nobody answers, on so many lines that it cannot be theirs. */
    boolean isDark() {
        return silent.size() >= WAYS;
    }

    /** It is not for want of a witness who is just being asked. */
    boolean isBlind(long now) {
        return unheard || isDark() && now - darkSince >= SETTLED;
    }

    /**
     * Why the silence of one that was looked at says nothing of it; null where it does.
     *
     * @param mute somebody named canaries, and none can be asked
     */
    @Nullable String distrusts(Check check, boolean mute, long now) {
        if (!check.isSilent()) {
            return null;
        }
        if (mute && isUnheard(check.watched, now)) {
            return "NOBODY_ANSWERS";
        }
        if (ways.size() < WAYS) {
            return null;
        }
        if (lightAt != NEVER && check.begunAt <= lightAt) {
            return "NOBODY_ANSWERS";
        }
        long deviatingAt = check.watched.deviatingAt;
        boolean first = deviatingAt == DueProbes.NEVER;
        long since = first ? now - JUST_NOW : deviatingAt;
        if (answeredAt >= (isDark() ? Math.max(since, now - RECENT) : since)) {
            return null;
        }
        Verdict before = check.watched.state.verdict();
        boolean wasWell = before != Verdict.UNKNOWN && !before.isFault();
        if (wasWell) {
            pull(check.watched, now);
        }
        if (isDark()) {
            return "NOBODY_ANSWERS";
        }
        return wasWell && !first && now - deviatingAt < PATIENCE ? "WITNESS_AWAITED" : null;
    }

    /**
     * A city of one or two lines relied on its canaries to tell its link from its cameras: without
     * them a doubt is settled once any camera answers.
     */
    private boolean isUnheard(Watched silentOne, long now) {
        long deviatingAt = silentOne.deviatingAt;
        if (deviatingAt == DueProbes.NEVER || answeredAt >= deviatingAt) {
            return false;
        }
        pull(silentOne, now);
        unheard |= now - deviatingAt >= PATIENCE;
        return true;
    }

    /** One each of other lines, as long as they are well. */
    private void pull(Watched silentOne, long now) {
        if (pulledAt != NEVER && now - pulledAt < AGAIN_AFTER) {
            return;
        }
        pulledAt = now;
        Set<String> asked = new HashSet<>(Set.of(way(silentOne)));
        int left = CONSIDERED;
        walk = walk.hasNext() ? walk : cameras.values().iterator();
        while (walk.hasNext() && asked.size() <= PULLED && left-- > 0) {
            Watched other = walk.next();
            if (other.check == null && other.isSurely(Verdict.HEALTHY) && asked.add(way(other))) {
                due.pullForward(other, now);
            }
        }
    }
}
