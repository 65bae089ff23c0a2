package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.schedule.DueProbes;
import cctvout.status.HostTally;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Cameras that share a stream server: what they say of it together. The loop's thread alone. */
final class Neighbours {

    /**
     * A server's cameras are not pulled forward again within this time: one of them speaks for all.
     */
    private static final long AGAIN_AFTER = Duration.ofSeconds(2).toNanos();

    private final EngineSettings settings;
    private final Rounds rounds;
    private final DueProbes<Watched> due;
    private final Map<CameraId, Watched> cameras;
    private final SharedHosts hosts;

    Neighbours(
            EngineSettings settings,
            Rounds rounds,
            DueProbes<Watched> due,
            Map<CameraId, Watched> cameras) {
        this.settings = settings;
        this.rounds = rounds;
        this.due = due;
        this.cameras = cameras;
        this.hosts = new SharedHosts(settings.siblingWindow().toNanos());
    }

    void add(Camera camera) {
        hosts.add(camera);
    }

    /** True where it was its server's last one. */
    boolean remove(Camera camera) {
        return hosts.remove(camera);
    }

    void note(Camera camera, @Nullable HlsResult result, long now) {
        hosts.note(camera, result, now);
    }

    /** The camera's echo goes to a server that others stream from too. */
    boolean sharesServer(Camera camera) {
        return camera.isIcmpTargetDerived() && hosts.size(camera.hlsHost()) > 1;
    }

    HostTally tally(Camera camera, @Nullable HlsResult result, long now) {
        boolean bad = result != null && result.status() != HlsStatus.SUCCESS;
        return bad ? hosts.tally(camera.hlsHost(), now) : HostTally.ALONE;
    }

    /** One camera of a shared server fails there, or is well again: look at the others at once. */
    void pullForward(
            Watched watched, @Nullable StatusTransition moved, @Nullable HlsResult hls, long now) {
        String host = watched.camera.hlsHost();
        if (host == null || hosts.size(host) < 2) {
            return;
        }
        if (moved != null && (isServerFault(moved.to()) || isServerFault(moved.from()))) {
            if (hosts.mayPull(host, now, AGAIN_AFTER)) {
                pull(
                        moved.to(),
                        hosts.notCheckedSince(host, now - AGAIN_AFTER, Integer.MAX_VALUE),
                        now);
            }
        } else if (watched.state.doubt() != null && failsThere(watched, hls)) {
            long window = settings.siblingWindow().toNanos();
            pull(null, hosts.notCheckedSince(host, now - window, settings.siblingChecks()), now);
        }
    }

    private boolean failsThere(Watched watched, @Nullable HlsResult hls) {
        return hls != null
                && hls.status() != HlsStatus.SUCCESS
                && (hls.reason().hostLevel() || sharesServer(watched.camera));
    }

    /** All but those that are where the first has got to. */
    private void pull(@Nullable Verdict there, List<CameraId> siblings, long now) {
        long when = now;
        for (CameraId id : siblings) {
            Watched sibling = cameras.get(id);
            if (sibling != null && sibling.state.verdict() != there) {
                due.pullForward(sibling, when);
                when += rounds.firstCheckStep();
            }
        }
    }

    private static boolean isServerFault(Verdict verdict) {
        return verdict == Verdict.STREAM_SERVER_FAULT;
    }
}
