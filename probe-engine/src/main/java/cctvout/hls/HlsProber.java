package cctvout.hls;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

/**
 * Checks streams. Lazy: one check a subscription; cancelling closes its connections; never an error
 * signal: a check that could not be made is a result whose reason is {@link
 * HlsReason#PROBER_OVERLOAD}.
 */
public interface HlsProber {

    /**
     * @param url the registered entry playlist
     * @param before the edge of this camera's check before, null at the first
     * @return exactly one result, on an event loop
     */
    Mono<HlsResult> probe(String url, @Nullable Edge before);
}
