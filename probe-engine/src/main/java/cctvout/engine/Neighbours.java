package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpOutcome;
import cctvout.schedule.DueProbes;
import cctvout.status.CameraState;
import cctvout.status.HostTally;
import cctvout.status.Judgement;
import cctvout.status.Siblings;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** Cameras that share a stream server: what they say of it together. The loop's thread alone. */
final class Neighbours {

    /**
     * A server's cameras are not pulled forward again within this time: one of them speaks for all.
     */
    private static final long AGAIN_AFTER = Duration.ofSeconds(2).toNanos();

    /** Looks at kin are pulled forward within this time at most: many lone faults make no storm. */
    private static final long KIN_AHEAD = Duration.ofSeconds(2).toNanos();

    private final EngineSettings settings;
    private final Rounds rounds;
    private final DueProbes<Watched> due;
    private final Map<CameraId, Watched> cameras;
    private final SharedHosts hosts;
    private final Kin kin;
    private long kinUntil = Long.MIN_VALUE;

    Neighbours(
            EngineSettings settings,
            Rounds rounds,
            DueProbes<Watched> due,
            Map<CameraId, Watched> cameras) {
        this.settings = settings;
        this.rounds = rounds;
        this.due = due;
        this.cameras = cameras;
        this.hosts = new SharedHosts();
        this.kin = new Kin();
    }

    void add(Camera camera) {
        hosts.add(camera);
        kin.add(camera);
    }

    /** True where it was its server's last one. */
    boolean remove(Camera camera) {
        kin.remove(camera);
        return hosts.remove(camera);
    }

    void note(Check check, long now) {
        hosts.note(check.camera, check.hls, now);
        if (check.icmp instanceof IcmpOutcome.Measured(var result) && !check.sharedServer) {
            boolean silent = !result.status().answered();
            kin.note(check.watched.kin, check.camera.id(), silent, now);
        }
    }

    /** What others said since this camera began to deviate, where that speaks of its fault. */
    @Nullable Siblings siblings(Watched watched, Judgement judgement, HostTally host) {
        return switch (judgement) {
            case Judgement.Conclusive(var verdict, var _) when verdict == Verdict.LINE_FAULT ->
                    kin.siblings(watched.kin, watched.camera.id(), watched.deviatingAt);
            case Judgement.Conclusive(var verdict, var _) when isServerFault(verdict) ->
                    new Siblings(
                            "server:" + watched.camera.hlsHost(),
                            Math.max(0, host.checked() - 1),
                            Math.max(0, host.failed() - 1));
            default -> null;
        };
    }

    /** The first of a line falls silent, or speaks again: look at the others at once. */
    void pullKin(Watched watched, @Nullable StatusTransition moved, long now) {
        CameraState.Doubt doubt = watched.state.doubt();
        boolean recovered = moved != null && moved.from() == Verdict.LINE_FAULT;
        boolean doubtful =
                doubt != null && doubt.deviating() == 1 && doubt.candidate() == Verdict.LINE_FAULT;
        if (!recovered && !doubtful) {
            return;
        }
        Verdict wanted = recovered ? Verdict.LINE_FAULT : Verdict.HEALTHY;
        for (String key : watched.kin) {
            int left = settings.siblingChecks();
            for (CameraId id : kin.toPull(key, now, AGAIN_AFTER)) {
                Watched sibling = cameras.get(id);
                if (sibling == null
                        || sibling == watched
                        || sibling.state.verdict() != wanted
                        || sibling.state.doubt() != null) {
                    continue;
                }
                kinUntil = Math.max(kinUntil + rounds.firstCheckStep(), now);
                if (left-- <= 0 || kinUntil - now > KIN_AHEAD) {
                    break;
                }
                due.pullForward(sibling, kinUntil);
            }
        }
    }

    /** The camera's echo goes to a server that others stream from too. */
    boolean sharesServer(Camera camera) {
        return camera.isIcmpTargetDerived() && hosts.size(camera.hlsHost()) > 1;
    }

    /**
     * How the server's cameras did since this one began to deviate, or since its server's fault was
     * confirmed.
     */
    HostTally tally(Watched watched, @Nullable HlsResult result, long now) {
        if (result == null || result.status() == HlsStatus.SUCCESS) {
            return HostTally.ALONE;
        }
        boolean standing = isServerFault(watched.state.verdict());
        long since = standing ? watched.confirmedAt : Math.min(watched.deviatingAt, now);
        CameraId self = watched.camera.id();
        return hosts.tally(
                watched.camera.hlsHost(), since, id -> id.equals(self) || speaksForTheServer(id));
    }

    private boolean speaksForTheServer(CameraId id) {
        Watched sibling = cameras.get(id);
        return sibling != null
                && sibling.state.verdict() != Verdict.CAMERA_FAULT
                && sibling.state.verdict() != Verdict.LINE_FAULT;
    }

    /** One camera of a shared server fails there, or is well again: look at the others at once. */
    void pullForward(
            Watched watched, @Nullable StatusTransition moved, @Nullable HlsResult hls, long now) {
        String host = watched.camera.hlsHost();
        if (host == null || hosts.size(host) < 2) {
            return;
        }
        boolean serverMoved =
                moved != null && (isServerFault(moved.to()) || isServerFault(moved.from()));
        boolean doubtful = watched.state.doubt() != null && failsThere(watched, hls);
        if (!serverMoved && !doubtful || !hosts.mayPull(host, serverMoved, now, AGAIN_AFTER)) {
            return;
        }
        if (moved != null && serverMoved) {
            pull(host, Integer.MAX_VALUE, sibling -> sibling != moved.to(), now);
        } else {
            pull(host, settings.siblingChecks(), sibling -> sibling == Verdict.HEALTHY, now);
        }
    }

    private boolean failsThere(Watched watched, @Nullable HlsResult hls) {
        return hls != null
                && hls.status() != HlsStatus.SUCCESS
                && (hls.reason().hostLevel() || sharesServer(watched.camera));
    }

    private void pull(String host, int most, Predicate<Verdict> wanted, long now) {
        long when = now;
        int pulled = 0;
        for (CameraId id : hosts.of(host)) {
            Watched sibling = cameras.get(id);
            if (sibling == null || !wanted.test(sibling.state.verdict())) {
                continue;
            }
            due.pullForward(sibling, when);
            when += rounds.firstCheckStep();
            if (++pulled >= most) {
                return;
            }
        }
    }

    private static boolean isServerFault(Verdict verdict) {
        return verdict == Verdict.STREAM_SERVER_FAULT;
    }
}
