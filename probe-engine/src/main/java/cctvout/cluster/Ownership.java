package cctvout.cluster;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraPart;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which cameras a process probes at a time, and under which claims. Pure; each change makes a new
 * one.
 *
 * @param zone that the process is in; empty: of all cameras that are in none of {@code zones}
 * @param zones that have probers of their own
 * @param claims by shard; those missing are another's, or nobody's
 */
public record Ownership(String zone, Set<String> zones, Map<Integer, Claim> claims) {

    public Ownership {
        zones = Set.copyOf(zones);
        claims = Map.copyOf(claims);
    }

    public static Ownership nothing(String zone) {
        return new Ownership(zone, Set.of(), Map.of());
    }

    /** All cameras, and nobody else probes. */
    public static Ownership everything() {
        Map<Integer, Claim> all = new HashMap<>();
        Shard.ALL.forEach(shard -> all.put(shard, Claim.ALONE));
        return new Ownership("", Set.of(), all);
    }

    /** Null where the camera is not this process's to probe. */
    public @Nullable Claim of(Camera camera) {
        return home(camera.zone()).equals(zone) ? ofShard(camera.id()) : null;
    }

    /** The same of a camera that is known to be in this process's zone. */
    public @Nullable Claim ofShard(CameraId id) {
        return claims.get(Shard.of(id));
    }

    private String home(@Nullable String of) {
        return of != null && zones.contains(of) ? of : "";
    }

    public boolean isEmpty() {
        return claims.isEmpty();
    }

    /** What to ask the registry for. */
    public CameraPart part(Collection<Integer> shards) {
        return new CameraPart(zone, zones, Set.copyOf(shards));
    }

    Ownership with(Map<Integer, Claim> more) {
        Map<Integer, Claim> all = new HashMap<>(claims);
        all.putAll(more);
        return new Ownership(zone, zones, all);
    }

    Ownership only(Predicate<Integer> shards) {
        Map<Integer, Claim> fewer = new HashMap<>(claims);
        fewer.keySet().retainAll(kept(shards));
        return new Ownership(zone, zones, fewer);
    }

    Ownership among(Set<String> otherZones) {
        return new Ownership(zone, otherZones, claims);
    }

    private Set<Integer> kept(Predicate<Integer> wanted) {
        Set<Integer> kept = new HashSet<>(claims.keySet());
        kept.removeIf(wanted.negate());
        return kept;
    }
}
