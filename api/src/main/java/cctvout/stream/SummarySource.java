package cctvout.stream;

import reactor.core.publisher.Mono;

/** Where {@code event: summary} comes from: the value that {@code GET /api/status} shows. */
@FunctionalInterface
public interface SummarySource {

    /** Lazy; errors where the database is away. */
    Mono<?> summary();
}
