package cctvout.issue;

import cctvout.camera.CameraId;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The stored issues. All publishers are lazy and join the caller's transaction. */
public interface Issues {

    /** One page, newest first. */
    record Page(List<Issue> items, @Nullable String next) {}

    /** Empty where the id is unknown. */
    Mono<Issue> find(String id);

    Mono<Page> search(IssueQuery query);

    /** How many there are of each status, 0 too. */
    Mono<Map<IssueStatus, Long>> counts();

    /** Those not over. */
    Mono<Long> countUnresolved();

    /**
     * Closed by hand as repaired, and no probe has had a look yet; the oldest first.
     *
     * @param since asked for since then
     */
    Mono<List<Issue>> toVerify(Instant since, int limit);

    /** Of those, where those told have waited long enough. */
    Mono<List<String>> overdue(Instant now, int limit);

    /** Locked until commit; empty where the id is unknown. */
    Mono<Issue> lock(String id);

    /** Each camera's latest issue, locked until commit, in the order of its id. */
    Mono<List<Issue>> lockLatest(Collection<CameraId> cameras);

    /**
     * Unresolved ones of these causes that stand alone, locked: in no outage, or left behind by one
     * and about to be told of singly.
     *
     * @param since in no outage: those that opened since then
     * @param leftSince left behind: those of outages that ended since then
     */
    Mono<List<Issue>> lockAlone(Collection<String> causeKeys, Instant since, Instant leftSince);

    /** Unresolved ones of these outages, locked. */
    Mono<List<Issue>> lockUnresolvedOf(Collection<String> outages);

    /** Adds or replaces, in the order given: what is closed before what is opened. */
    Mono<Void> save(Collection<Issue> issues);
}
