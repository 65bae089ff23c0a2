package cctvout.web;

import cctvout.status.Verdict;

import reactor.core.publisher.Mono;

import java.util.Map;

/** Registered cameras by verdict, and whether they are still the same. */
interface VerdictCounts {

    /** Every verdict is there, 0 too; a camera that has none yet is UNKNOWN. Lazy. */
    Mono<Map<Verdict, Long>> count();

    /** Grows with every camera that is registered, changed or removed. Lazy. */
    Mono<Long> revision();
}
