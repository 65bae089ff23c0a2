package cctvout.history;

import reactor.core.publisher.Mono;

import java.util.List;

/** Times in which a camera's faults are planned work: reports leave them out. */
public interface PlannedWork {

    /** What is planned in a period. Lazy. */
    Mono<Plan> within(Interval period);

    /** Asked for each camera of a report: quick, and never blocks. */
    interface Plan {
        Plan NOTHING = _ -> List.of();

        /** May overlap, in any order. */
        List<Interval> of(CameraVerdicts camera);
    }
}
