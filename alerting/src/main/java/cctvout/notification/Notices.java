package cctvout.notification;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The rows that are the truth about notices. All publishers are lazy and join the caller's
 * transaction; rows are locked in the order of their ids.
 */
public interface Notices {

    /** One page, newest first. */
    record Page(List<Notification> items, @Nullable String next) {}

    Mono<Notification> find(String id);

    Mono<Page> search(NotificationQuery query);

    /** Of inbox notices not yet read, of one recipient or (null) of all. */
    Mono<Long> countUnread(@Nullable String recipient);

    /** Locked until commit. */
    Mono<List<Notice>> lock(Collection<String> ids);

    /** All of these issues' notices, locked until commit. */
    Mono<List<Notice>> lockOf(Collection<String> issueIds);

    /** All of a recipient's that are still to be sent, locked until commit. */
    Mono<List<Notice>> lockUnsentOf(String recipientId);

    /** Adds or replaces. */
    Mono<Void> save(Collection<Notice> notices);

    /**
     * Takes what is due: the row is the taker's until the lease ends. Never a RECOVERED while an
     * earlier notice of its issue is still to be sent on its lane, never what another process
     * holds.
     *
     * @param rooms of lanes that are not empty: how many more each may take
     */
    Mono<List<Notice>> claim(
            Instant now,
            String lease,
            Duration leaseTime,
            int limit,
            int perLane,
            Map<String, Integer> rooms);
}
