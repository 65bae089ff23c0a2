package cctvout.kafka;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.List;

/** A numbered table that is published in the order of its numbers. */
interface Feed {

    /** Name of its cursor. */
    String consumer();

    /** Where it goes. */
    List<String> topics();

    /** That there may be more; may be lost, may be spurious. */
    Flux<?> hints();

    /**
     * At most {@code limit} after a number, ascending; all below the last of them were seen. Lazy.
     */
    Mono<List<Numbered>> read(long after, int limit);

    record Numbered(long number, OutboundEvent event) {}
}
