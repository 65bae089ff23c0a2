package cctvout.outage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The stored outages. All publishers are lazy. */
public interface Outages {

    /**
     * A page.
     *
     * @param next cursor of the next page, null at the last
     */
    record Page(List<Outage> items, @Nullable Long next) {}

    /** Newest first. */
    Mono<Page> list(int limit, @Nullable Long before);

    /** Empty where the id is unknown. */
    Mono<Outage> find(String id);

    /** How many are not over. */
    Mono<Long> countOpen();

    /** Those not over, locked until the transaction ends: before anything else is. */
    Mono<List<OpenOutage>> lockOpen();

    /** Cameras registered, by line. */
    Mono<Map<String, Long>> lineSizes(Collection<String> lines);

    /** Cameras registered at these sites, by site and line; none without a line. */
    Mono<Map<String, Map<String, Long>>> linesOfSites(Collection<String> sites);

    /** How many began since then, by key: its kind follows from it. None is not in it. */
    Mono<Map<String, Integer>> since(Instant since, Collection<String> keys);

    Mono<Void> save(Collection<Outage> outages);
}
