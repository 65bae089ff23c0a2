package cctvout.stream;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.util.List;

/** Every registered camera with its confirmed verdict. */
interface StatusLines {

    /**
     * At most {@code limit} cameras whose id is above {@code after}, ordered by id. Lazy.
     *
     * @param after null for the first page
     */
    Mono<List<StatusLine>> page(@Nullable String after, int limit);
}
