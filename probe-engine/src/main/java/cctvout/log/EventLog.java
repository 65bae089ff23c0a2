package cctvout.log;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;

/** The one numbering of transitions, issues and notifications. All publishers are lazy. */
public interface EventLog {

    /**
     * Appends inside the caller's transaction, which must then commit soon: it holds the head of
     * the log.
     *
     * @return the numbers, in the order given, without a hole between them
     */
    Mono<List<Long>> append(List<LogEntry.Draft> drafts);

    /** The last committed number, 0 where the log is empty. */
    Mono<Long> head();

    /**
     * At most {@code limit} entries after a number, ascending; all types where {@code types} is
     * empty.
     */
    Mono<List<LogEntry>> read(long after, Collection<String> types, int limit);

    /**
     * Replays after a number, then follows, ascending, without gap or repeat; never completes.
     * Reads on where it was when the database comes back. One reader costs one query a page and one
     * a wake-up.
     */
    Flux<LogEntry> follow(long after, Collection<String> types);

    /**
     * A hint each time something may have been appended, by this process or another; latest wins,
     * may be spurious.
     */
    Flux<Long> wakeUps();
}
