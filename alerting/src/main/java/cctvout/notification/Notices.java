package cctvout.notification;

import cctvout.camera.CameraId;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;
import java.util.Set;

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

    /** All notices of these issues and outages, locked until commit. */
    Mono<List<Notice>> lockOf(Collection<String> subjects);

    /**
     * All notices of these subjects, and of these cameras the ends that are still to be told,
     * locked until commit.
     */
    Mono<List<Notice>> lockOf(Collection<String> subjects, Collection<CameraId> cameras);

    /** All of a recipient's that are still to be sent, locked until commit. */
    Mono<List<Notice>> lockUnsentOf(String recipientId);

    /** Adds or replaces. */
    Mono<Void> save(Collection<Notice> notices);

    /** These, and what those among them that are digests carry, locked until commit. */
    Mono<List<Notice>> lockCarried(Collection<String> ids);

    /** Those of these issues that are not over; all are locked until commit. */
    Mono<Set<String>> lockOpenIssues(Collection<String> ids);

    /**
     * All about these, in their order.
     *
     * @param subjects ids of issues, outages or alarms
     */
    Mono<List<Notice>> ofSubjects(Collection<String> subjects);

    /** Those of these notices that another stands in for already. */
    Mono<Set<String>> escalated(Collection<String> ids);
}
