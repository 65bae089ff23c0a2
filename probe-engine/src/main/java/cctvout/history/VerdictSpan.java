package cctvout.history;

import cctvout.status.Verdict;

import java.time.Instant;

/**
 * A time in which a camera was in one verdict.
 *
 * @param ended {@link Instant#MAX} where it lasts
 */
public record VerdictSpan(Verdict verdict, Instant began, Instant ended) {

    Interval interval() {
        return new Interval(began, ended);
    }
}
