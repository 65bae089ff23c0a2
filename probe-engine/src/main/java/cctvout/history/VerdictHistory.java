package cctvout.history;

import reactor.core.publisher.Flux;

/** Who was in which verdict, and when. */
public interface VerdictHistory {

    /**
     * Every camera, in the order of ids, also the removed ones, with what was known of it in a
     * period. Lazy; reads a page as it is asked for, and holds no connection between them.
     */
    Flux<CameraVerdicts> verdicts(Interval period);
}
