package cctvout.web;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a change demands of the version that it finds.
 *
 * @param versions of which it must be one; none where any will do
 */
record Demanded(List<Long> versions) {

    static final Demanded ANY = new Demanded(List.of());

    boolean any() {
        return versions.isEmpty();
    }

    /**
     * The one to insist on; empty where any will do.
     *
     * @param stored where it is one of several it is that one, else one that it is not
     */
    OptionalLong of(long stored) {
        return any()
                ? OptionalLong.empty()
                : OptionalLong.of(versions.contains(stored) ? stored : versions.getFirst());
    }

    /**
     * The same; lazy, and empty where {@code stored} is.
     *
     * @param stored read only where there are several to choose from
     */
    Mono<OptionalLong> of(Mono<Long> stored) {
        return versions.size() > 1
                ? stored.map(this::of)
                : Mono.just(any() ? OptionalLong.empty() : OptionalLong.of(versions.getFirst()));
    }
}
