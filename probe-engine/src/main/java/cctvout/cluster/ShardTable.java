package cctvout.cluster;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Who owns which shard, as all processes see it. All publishers are lazy. */
interface ShardTable {

    /** Takes them, whoever has them: the new claims by shard. */
    Mono<Map<Integer, Claim>> take(String zone, String node, Collection<Integer> shards);

    /** Takes those that are nobody's, or of a node not seen for so long. */
    Mono<Map<Integer, Claim>> adopt(
            String zone, String node, Collection<Integer> shards, Duration unseen);

    /** Says that they are nobody's, where they are still this node's. */
    Mono<Void> giveUp(String zone, String node, Collection<Integer> shards);

    /** Says that the node lives, and looks at what there is. */
    Mono<Seen> look(String zone, String node);

    /**
     * @param zones that have probers of their own
     * @param epochs of this node's shards
     */
    record Seen(Set<String> zones, Map<Integer, Long> epochs) {}
}
