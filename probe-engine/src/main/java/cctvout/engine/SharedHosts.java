package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.status.HostTally;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which cameras hang on which stream server, and how they just did there. The loop's thread alone.
 */
final class SharedHosts {

    private static final Member NEVER = new Member(Long.MIN_VALUE, false, false);

    /** So many of the newest are counted at most, so that a large server costs no more. */
    private static final int COUNTED = 512;

    private record Member(long at, boolean failedAtHost, boolean well) {}

    private final Map<String, LinkedHashMap<CameraId, Member>> hosts = new HashMap<>();
    private final Map<String, Long> pulledAll = new HashMap<>();
    private final Map<String, Long> pulledSome = new HashMap<>();

    void add(Camera camera) {
        String host = camera.hlsHost();
        if (host != null) {
            hosts.computeIfAbsent(host, _ -> new LinkedHashMap<>()).putFirst(camera.id(), NEVER);
        }
    }

    /** True where it was the host's last one. */
    boolean remove(Camera camera) {
        String host = camera.hlsHost();
        LinkedHashMap<CameraId, Member> members = host == null ? null : hosts.get(host);
        if (members == null) {
            return false;
        }
        members.remove(camera.id());
        if (!members.isEmpty()) {
            return false;
        }
        hosts.remove(host);
        pulledAll.remove(host);
        pulledSome.remove(host);
        return true;
    }

    int size(@Nullable String host) {
        LinkedHashMap<CameraId, Member> members = host == null ? null : hosts.get(host);
        return members == null ? 0 : members.size();
    }

    /** What our own limits kept us from seeing is no look. */
    void note(Camera camera, @Nullable HlsResult result, long now) {
        if (result != null && result.reason().inconclusive()) {
            return;
        }
        String host = camera.hlsHost();
        LinkedHashMap<CameraId, Member> members = host == null ? null : hosts.get(host);
        if (members != null && result != null && members.containsKey(camera.id())) {
            boolean well = result.status() == HlsStatus.SUCCESS;
            members.putLast(camera.id(), new Member(now, result.reason().hostLevel(), well));
        }
    }

    /**
     * Those that were checked since {@code since}, on the loop's clock.
     *
     * @param counts a camera that has a fault of its own says nothing of the server
     */
    HostTally tally(@Nullable String host, long since, Predicate<CameraId> counts) {
        LinkedHashMap<CameraId, Member> members = host == null ? null : hosts.get(host);
        if (members == null || members.size() < 2) {
            return HostTally.ALONE;
        }
        int checked = 0;
        int failed = 0;
        int well = 0;
        int looks = 0;
        for (var entry : members.sequencedEntrySet().reversed()) {
            Member member = entry.getValue();
            if (member == NEVER || member.at() < since || ++looks > COUNTED) {
                break;
            }
            if (counts.test(entry.getKey())) {
                checked++;
                failed += member.failedAtHost() ? 1 : 0;
                well += member.well() ? 1 : 0;
            }
        }
        return new HostTally(members.size(), checked, failed, well);
    }

    /**
     * True at most once in {@code every} nanoseconds for a host, and for all and for some of it by
     * themselves.
     */
    boolean mayPull(String host, boolean all, long now, long every) {
        Map<String, Long> times = all ? pulledAll : pulledSome;
        Long before = times.get(host);
        if (before != null && now - before < every) {
            return false;
        }
        times.put(host, now);
        return true;
    }

    /** Who was not looked at for longest comes first; empty where the host is not known. */
    Collection<CameraId> of(String host) {
        return hosts.getOrDefault(host, new LinkedHashMap<>()).keySet();
    }
}
