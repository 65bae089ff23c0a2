package cctvout.camera;

import java.util.Set;

/**
 * A part of all cameras.
 *
 * @param zone empty: those that are in none of {@code zones}
 * @param zones that have probers of their own
 * @param shards 0 to 255 each
 */
public record CameraPart(String zone, Set<String> zones, Set<Integer> shards) {}
