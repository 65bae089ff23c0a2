package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.status.Siblings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cameras on one line, at one site, in one /24, and whether their echoes were just answered. The
 * work per check does not depend on how many share a line. The loop's thread alone.
 */
final class Kin {

    /** So many of the newest looks are counted at most: enough to say whose fault it is. */
    private static final int COUNTED = 512;

    private static final Look NEVER = new Look(Long.MIN_VALUE, false);

    private record Look(long at, boolean silent) {}

    private static final class Group {
        /** Who was looked at last comes last. */
        final LinkedHashMap<CameraId, Look> members = new LinkedHashMap<>();

        final SharedFault fault = new SharedFault();
        long pulledAt = Long.MIN_VALUE;
    }

    private final Map<String, Group> groups = new HashMap<>();

    void add(Camera camera) {
        for (String key : keys(camera)) {
            groups.computeIfAbsent(key, _ -> new Group()).members.putFirst(camera.id(), NEVER);
        }
    }

    void remove(Camera camera) {
        for (String key : keys(camera)) {
            Group group = groups.get(key);
            if (group != null) {
                group.members.remove(camera.id());
                if (group.members.isEmpty()) {
                    groups.remove(key);
                }
            }
        }
    }

    void note(List<String> keys, CameraId id, boolean silent, long now) {
        Look look = new Look(now, silent);
        for (String key : keys) {
            Group group = groups.get(key);
            if (group != null) {
                group.members.putLast(id, look);
            }
        }
    }

    /** What is known of all of them; null where there are none. */
    @Nullable SharedFault fault(String key) {
        Group group = groups.get(key);
        return group == null ? null : group.fault;
    }

    /** Something that these share is known to be down. */
    boolean isDown(List<String> keys, long now) {
        for (String key : keys) {
            SharedFault fault = fault(key);
            if (fault != null && fault.isDown(now)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Of the closest kin that fell silent too since then, or since what they share is down; null
     * where it has none.
     */
    @Nullable Siblings siblings(List<String> keys, CameraId self, long since, long now) {
        Siblings closest = null;
        for (String key : keys) {
            SharedFault fault = fault(key);
            long from = fault != null && fault.isDown(now) ? Math.min(since, fault.since()) : since;
            Siblings found = count(key, self, from);
            if (found.failed() > 0) {
                return found;
            }
            closest = closest == null && found.checked() > 0 ? found : closest;
        }
        return closest;
    }

    private Siblings count(String key, CameraId self, long since) {
        Group group = groups.get(key);
        int checked = 0;
        int silent = 0;
        if (group != null) {
            int looks = 0;
            for (var member : group.members.sequencedEntrySet().reversed()) {
                Look look = member.getValue();
                if (look.at() < since || ++looks > COUNTED) {
                    break;
                }
                if (!member.getKey().equals(self)) {
                    checked++;
                    silent += look.silent() ? 1 : 0;
                }
            }
        }
        return new Siblings(key, checked, silent);
    }

    Collection<CameraId> members(String key) {
        Group group = groups.get(key);
        return group == null ? List.of() : group.members.keySet();
    }

    /** Who was not looked at for longest comes first. */
    List<CameraId> notLookedAtSince(String key, long since) {
        Group group = groups.get(key);
        List<CameraId> found = new ArrayList<>();
        if (group != null) {
            for (var member : group.members.entrySet()) {
                if (member.getValue().at() >= since) {
                    break;
                }
                found.add(member.getKey());
            }
        }
        return found;
    }

    /** Who was not looked at for longest comes first; nobody where they were pulled just now. */
    Collection<CameraId> toPull(String key, long now, long every) {
        Group group = groups.get(key);
        if (group == null
                || group.members.size() < 2
                || group.pulledAt != Long.MIN_VALUE && now - group.pulledAt < every) {
            return List.of();
        }
        group.pulledAt = now;
        return group.members.keySet();
    }

    /** The closest first. */
    static List<String> keys(Camera camera) {
        List<String> keys = new ArrayList<>(3);
        if (camera.line() != null) {
            keys.add("line:" + camera.line());
        }
        if (camera.site() != null) {
            keys.add("site:" + camera.site());
        }
        if (camera.subnet() != null) {
            keys.add("net:" + camera.subnet());
        }
        return List.copyOf(keys);
    }
}
