package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.cli.Probers.Seen;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpResult;
import cctvout.status.CameraStatus;
import cctvout.status.HostTally;
import cctvout.status.Judgement;
import cctvout.status.Observation;
import cctvout.status.Verdict;
import cctvout.status.VerdictRule;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Verdicts of single checks, without confirmation. A camera whose verdict depends on how its stream
 * server's other cameras do is judged when they all are in. Pure, for one thread.
 */
final class SiblingJudge {

    private final Map<String, Host> hosts = new HashMap<>();

    SiblingJudge(List<Camera> cameras) {
        for (Camera camera : cameras) {
            String host = camera.hlsHost();
            if (host != null) {
                hosts.computeIfAbsent(host, _ -> new Host()).cameras++;
            }
        }
    }

    /** Who can be judged now that this is known. */
    List<CameraStatus> take(Seen seen) {
        String name = seen.camera().hlsHost();
        Host host = name == null ? null : hosts.get(name);
        if (host == null || host.cameras < 2) {
            return List.of(judge(seen, false, HostTally.ALONE));
        }
        host.note(seen.hls());
        List<Seen> now = new ArrayList<>();
        if (host.taken < host.cameras && waits(seen)) {
            host.waiting.add(seen);
        } else {
            now.add(seen);
        }
        if (host.taken == host.cameras) {
            now.addAll(host.waiting);
            host.waiting.clear();
        }
        HostTally tally = host.tally();
        return now.stream().map(one -> judge(one, true, tally)).toList();
    }

    /** Those that wait for siblings which will not come any more. */
    List<CameraStatus> rest() {
        List<CameraStatus> all = new ArrayList<>();
        for (Host host : hosts.values()) {
            host.waiting.forEach(seen -> all.add(judge(seen, true, host.tally())));
            host.waiting.clear();
        }
        return all;
    }

    private static boolean waits(Seen seen) {
        HlsResult hls = seen.hls();
        boolean silent =
                seen.icmp() instanceof IcmpOutcome.Measured(IcmpResult icmp)
                        && !icmp.status().answered();
        return hls != null
                && hls.status() != HlsStatus.SUCCESS
                && (hls.reason().hostLevel() || silent && seen.camera().isIcmpTargetDerived());
    }

    private static CameraStatus judge(Seen seen, boolean shared, HostTally tally) {
        boolean server = shared && seen.camera().isIcmpTargetDerived();
        var observation = new Observation(seen.icmp(), seen.hls(), server, tally, null);
        CameraId id = seen.camera().id();
        IcmpResult icmp = observation.evidence().icmp();
        Instant at = latest(icmp, seen.hls());
        return switch (VerdictRule.judge(observation)) {
            case Judgement.Conclusive(Verdict verdict, String reason) ->
                    new CameraStatus(id, verdict, reason, at, icmp, seen.hls());
            case Judgement.Inconclusive(String reason) ->
                    new CameraStatus(id, Verdict.UNKNOWN, reason, at, icmp, seen.hls());
        };
    }

    private static Instant latest(@Nullable IcmpResult icmp, @Nullable HlsResult hls) {
        if (icmp == null) {
            return hls == null ? Instant.now() : hls.checkedAt();
        }
        return hls == null || icmp.checkedAt().isAfter(hls.checkedAt())
                ? icmp.checkedAt()
                : hls.checkedAt();
    }

    private static final class Host {
        private final List<Seen> waiting = new ArrayList<>();
        private int cameras;
        private int taken;
        private int checked;
        private int failed;
        private int well;

        void note(@Nullable HlsResult hls) {
            taken++;
            if (hls != null) {
                checked++;
                failed += hls.reason().hostLevel() ? 1 : 0;
                well += hls.status() == HlsStatus.SUCCESS ? 1 : 0;
            }
        }

        HostTally tally() {
            return new HostTally(cameras, checked, failed, well);
        }
    }
}
