package cctvout.web;

import cctvout.status.Verdict;

import reactor.core.publisher.Mono;

import java.util.Map;

/** Registered cameras by verdict. */
interface VerdictCounts {

    /** Every verdict is there, 0 too; a camera that has none yet is UNKNOWN. Lazy. */
    Mono<Map<Verdict, Long>> count();
}
