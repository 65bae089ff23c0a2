package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Witnesses witnesses;
    private long kinUntil = Long.MIN_VALUE;
    private long allUntil = Long.MIN_VALUE;

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
        this.witnesses = new Witnesses(cameras, due);
    }

    /** All of them together. */
    Witnesses witnesses() {
        return witnesses;
    }

    void add(Camera camera) {
        hosts.add(camera);
        kin.add(camera);
        witnesses.add(camera);
    }

    /** True where it was its server's last one. */
    boolean remove(Camera camera) {
        kin.remove(camera);
        witnesses.remove(camera);
        return hosts.remove(camera);
    }

    void note(Check check, long now) {
        boolean silent = false;
        if (check.icmp instanceof IcmpOutcome.Measured(var result) && !check.sharedServer) {
            silent = !result.status().answered();
            kin.note(check.watched.kin, check.camera.id(), silent, now);
        }
        hosts.note(check.camera, check.hls, silent, now);
    }

    /** What others said since this camera began to deviate, where that speaks of its fault. */
    @Nullable Siblings siblings(Watched watched, Judgement judgement, HostTally host, long now) {
        return switch (judgement) {
            case Judgement.Conclusive(var verdict, var _) when verdict == Verdict.LINE_FAULT ->
                    kin.siblings(watched.kin, watched.camera.id(), watched.deviatingAt, now);
            case Judgement.Conclusive(var verdict, var _) when isServerFault(verdict) ->
                    new Siblings(
                            "server:" + watched.camera.hlsHost(),
                            Math.max(0, host.checked() - 1),
                            Math.max(0, host.failed() - 1));
            default -> null;
        };
    }

    /** Others have confirmed that what this camera shares with them is down, and it is down too. */
    boolean isDown(Watched watched, Judgement judgement, long now) {
        return judgement instanceof Judgement.Conclusive(var verdict, var _)
                && verdict == Verdict.LINE_FAULT
                && watched.state.verdict() == Verdict.HEALTHY
                && kin.isDown(watched.kin, now);
    }

    /**
     * The first of a line falls silent, or speaks again: look at the others at once.
     *
     * @return those that are suspected of what was confirmed with this one
     */
    List<Watched> pullKin(Watched watched, @Nullable StatusTransition moved, long now) {
        if (moved != null && moved.to() == Verdict.LINE_FAULT) {
            return confirmed(watched, moved.evidence().siblings(), now);
        }
        if (moved != null && moved.from() == Verdict.LINE_FAULT) {
            recovered(watched, now);
        } else if (isFirstDoubt(watched.state.doubt())) {
            watched.kin.forEach(key -> pullSome(key, watched, Verdict.HEALTHY, now));
        }
        return List.of();
    }

    private static boolean isFirstDoubt(CameraState.@Nullable Doubt doubt) {
        return doubt != null && doubt.deviating() == 1 && doubt.candidate() == Verdict.LINE_FAULT;
    }

    /** Where others fell silent with it they are as good as confirmed, and all are looked at. */
    private List<Watched> confirmed(Watched watched, @Nullable Siblings others, long now) {
        SharedFault fault = others == null ? null : kin.fault(others.key());
        if (others == null
                || fault == null
                || others.failed() + 1 < SharedFault.LEAST
                || others.failed() * 2 < others.checked()) {
            return List.of();
        }
        boolean news = !fault.isDown(now);
        fault.down(watched.deviatedAt, now);
        pullAll(others.key(), fault, Verdict.HEALTHY, fault.since(), now);
        return news ? suspects(others.key()) : List.of();
    }

    private List<Watched> suspects(String key) {
        return kin.members(key).stream()
                .map(cameras::get)
                .filter(Objects::nonNull)
                .filter(one -> one.isSuspectedOf(Verdict.LINE_FAULT))
                .toList();
    }

    private void recovered(Watched watched, long now) {
        for (String key : watched.kin) {
            SharedFault fault = kin.fault(key);
            if (fault != null) {
                fault.oneIsBack(now);
                if (fault.isBack()) {
                    pullAll(key, fault, Verdict.LINE_FAULT, fault.backSince(), now);
                } else {
                    pullSome(key, watched, Verdict.LINE_FAULT, now);
                }
            }
        }
    }

    private void pullSome(String key, Watched self, Verdict wanted, long now) {
        int left = settings.siblingChecks();
        for (CameraId id : kin.toPull(key, now, AGAIN_AFTER)) {
            Watched sibling = cameras.get(id);
            if (sibling == null || sibling == self || !sibling.isSurely(wanted)) {
                continue;
            }
            kinUntil = Math.max(kinUntil + rounds.firstCheckStep(), now);
            if (left-- <= 0 || kinUntil - now > KIN_AHEAD) {
                return;
            }
            due.pullForward(sibling, kinUntil);
        }
    }

    private void pullAll(String key, SharedFault fault, Verdict wanted, long since, long now) {
        if (!fault.mayPullAll(now)) {
            return;
        }
        for (CameraId id : kin.notLookedAtSince(key, since)) {
            Watched sibling = cameras.get(id);
            long when = Math.max(allUntil + rounds.siblingCheckStep(), now);
            if (sibling != null
                    && sibling.check == null
                    && sibling.isSurely(wanted)
                    && when < sibling.due()) {
                allUntil = when;
                sibling.suspect = true;
                due.put(sibling, when);
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
                watched.camera.hlsHost(),
                since,
                (id, failed) -> id.equals(self) || speaksForTheServer(id, failed));
    }

    /** One with a fault of its own does where it fails at host level too, and did not before. */
    private boolean speaksForTheServer(CameraId id, boolean failedAtHost) {
        Watched sibling = cameras.get(id);
        if (sibling == null || sibling.state.verdict() == Verdict.LINE_FAULT) {
            return false;
        }
        return sibling.state.verdict() != Verdict.CAMERA_FAULT
                || failedAtHost && !HlsReason.isHostLevel(sibling.state.reason());
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
            long step = rounds.siblingCheckStep();
            pull(host, Integer.MAX_VALUE, sibling -> sibling != moved.to(), now, step);
        } else {
            int some = settings.siblingChecks();
            pull(host, some, Neighbours::knowsTheServer, now, rounds.firstCheckStep());
        }
    }

    private boolean failsThere(Watched watched, @Nullable HlsResult hls) {
        return hls != null
                && hls.status() != HlsStatus.SUCCESS
                && (hls.reason().hostLevel() || sharesServer(watched.camera));
    }

    private void pull(String host, int most, Predicate<Verdict> wanted, long now, long step) {
        long when = now;
        int pulled = 0;
        for (CameraId id : hosts.members(host)) {
            Watched sibling = cameras.get(id);
            if (sibling == null || !wanted.test(sibling.state.verdict())) {
                continue;
            }
            due.pullForward(sibling, when);
            when += step;
            if (++pulled >= most) {
                return;
            }
        }
    }

    private static boolean knowsTheServer(Verdict verdict) {
        return verdict != Verdict.LINE_FAULT && verdict != Verdict.UNKNOWN;
    }

    private static boolean isServerFault(Verdict verdict) {
        return verdict == Verdict.STREAM_SERVER_FAULT;
    }
}
