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
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Which cameras hang on which stream server, and how they just did there. The loop's thread alone.
 */
final class SharedHosts {

    private static final Member NEVER = new Member(Long.MIN_VALUE, false, false, false);

    /** So many of the newest are counted at most, so that a large server costs no more. */
    private static final int COUNTED = 512;

    /**
     * @param blamesHost it failed there at host level, and no cut line of its own explains it
     */
    private record Member(long at, boolean failedAtHost, boolean well, boolean blamesHost) {}

    private static final class Host {
        /** Who was looked at last comes last. */
        final LinkedHashMap<CameraId, Member> members = new LinkedHashMap<>();

        /** How many blame it at their newest look. */
        int blaming;

        void look(CameraId id, Member now) {
            Member before = members.putLast(id, now);
            blaming += blame(now) - blame(before);
        }

        void remove(CameraId id) {
            blaming -= blame(members.remove(id));
        }

        private static int blame(@Nullable Member member) {
            return member != null && member.blamesHost() ? 1 : 0;
        }
    }

    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<String, Long> pulledAll = new HashMap<>();
    private final Map<String, Long> pulledSome = new HashMap<>();

    void add(Camera camera) {
        String host = camera.hlsHost();
        if (host != null) {
            hosts.computeIfAbsent(host, _ -> new Host()).members.putFirst(camera.id(), NEVER);
        }
    }

    /** True where it was the host's last one. */
    boolean remove(Camera camera) {
        String name = camera.hlsHost();
        Host host = of(name);
        if (host == null) {
            return false;
        }
        host.remove(camera.id());
        if (!host.members.isEmpty()) {
            return false;
        }
        hosts.remove(name);
        pulledAll.remove(name);
        pulledSome.remove(name);
        return true;
    }

    int size(@Nullable String name) {
        Host host = of(name);
        return host == null ? 0 : host.members.size();
    }

    /**
     * What our own limits kept us from seeing is no look.
     *
     * @param silent the camera's own echoes were not answered
     */
    void note(Camera camera, @Nullable HlsResult result, boolean silent, long now) {
        if (result == null || result.reason().inconclusive()) {
            return;
        }
        Host host = of(camera.hlsHost());
        if (host != null && host.members.containsKey(camera.id())) {
            boolean failed = result.reason().hostLevel();
            boolean well = result.status() == HlsStatus.SUCCESS;
            host.look(camera.id(), new Member(now, failed, well, failed && !silent));
        }
    }

    /**
     * Those that were checked since {@code since}, on the loop's clock; or all of them, each at its
     * newest look, where those condemn the server and the latest ones alone do not. What fails for
     * long is looked at more often than what is well, so it counts only beside all.
     *
     * @param counts by whether it failed at host level: a camera that has a fault of its own says
     *     nothing of the server
     */
    HostTally tally(@Nullable String name, long since, BiPredicate<CameraId, Boolean> counts) {
        Host host = of(name);
        if (host == null || host.members.size() < 2) {
            return HostTally.ALONE;
        }
        int checked = 0;
        int failed = 0;
        int well = 0;
        int looks = 0;
        for (var entry : host.members.sequencedEntrySet().reversed()) {
            Member member = entry.getValue();
            if (member == NEVER || member.at() < since || ++looks > COUNTED) {
                break;
            }
            if (counts.test(entry.getKey(), member.failedAtHost())) {
                checked++;
                failed += member.failedAtHost() ? 1 : 0;
                well += member.well() ? 1 : 0;
            }
        }
        int size = host.members.size();
        HostTally latest = new HostTally(size, checked, failed, well);
        HostTally all = new HostTally(size, size, host.blaming, well);
        return !latest.serverDown() && all.serverDown() ? all : latest;
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
    Collection<CameraId> members(String name) {
        Host host = of(name);
        return host == null ? List.of() : host.members.keySet();
    }

    private @Nullable Host of(@Nullable String name) {
        return name == null ? null : hosts.get(name);
    }
}
