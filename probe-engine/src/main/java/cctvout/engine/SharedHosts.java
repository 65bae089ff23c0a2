package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.status.HostTally;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cameras hang on which stream server, and how they just did there. The loop's thread alone.
 */
final class SharedHosts {

    private static final Member NEVER = new Member(Long.MIN_VALUE, false, false);

    private record Member(long at, boolean failedAtHost, boolean well) {}

    private final Map<String, Map<CameraId, Member>> hosts = new HashMap<>();
    private final Map<String, Long> pulled = new HashMap<>();
    private final long window;

    /**
     * @param window nanoseconds that a check counts as "just now"
     */
    SharedHosts(long window) {
        this.window = window;
    }

    void add(Camera camera) {
        String host = camera.hlsHost();
        if (host != null) {
            hosts.computeIfAbsent(host, _ -> new LinkedHashMap<>()).put(camera.id(), NEVER);
        }
    }

    /** True where it was the host's last one. */
    boolean remove(Camera camera) {
        String host = camera.hlsHost();
        Map<CameraId, Member> members = host == null ? null : hosts.get(host);
        if (members == null) {
            return false;
        }
        members.remove(camera.id());
        if (!members.isEmpty()) {
            return false;
        }
        hosts.remove(host);
        pulled.remove(host);
        return true;
    }

    int size(@Nullable String host) {
        Map<CameraId, Member> members = host == null ? null : hosts.get(host);
        return members == null ? 0 : members.size();
    }

    void note(Camera camera, @Nullable HlsResult result, long now) {
        String host = camera.hlsHost();
        Map<CameraId, Member> members = host == null ? null : hosts.get(host);
        if (members != null && result != null) {
            boolean well = result.status() == HlsStatus.SUCCESS;
            members.replace(camera.id(), new Member(now, result.reason().hostLevel(), well));
        }
    }

    HostTally tally(@Nullable String host, long now) {
        Map<CameraId, Member> members = host == null ? null : hosts.get(host);
        if (members == null || members.size() < 2) {
            return HostTally.ALONE;
        }
        int checked = 0;
        int failed = 0;
        int well = 0;
        for (Member member : members.values()) {
            if (member != NEVER && now - member.at() <= window) {
                checked++;
                failed += member.failedAtHost() ? 1 : 0;
                well += member.well() ? 1 : 0;
            }
        }
        return new HostTally(members.size(), checked, failed, well);
    }

    /** True at most once in {@code every} nanoseconds for a host. */
    boolean mayPull(String host, long now, long every) {
        Long before = pulled.get(host);
        if (before != null && now - before < every) {
            return false;
        }
        pulled.put(host, now);
        return true;
    }

    /**
     * At most so many of the host's cameras that were not checked since {@code since}, on the
     * loop's clock.
     */
    List<CameraId> notCheckedSince(String host, long since, int most) {
        List<CameraId> ids = new ArrayList<>();
        for (var member : hosts.getOrDefault(host, Map.of()).entrySet()) {
            if (ids.size() >= most) {
                break;
            }
            if (member.getValue() == NEVER || member.getValue().at() < since) {
                ids.add(member.getKey());
            }
        }
        return ids;
    }
}
