package cctvout.outage;

/**
 * An outage that is not over, as a round finds it.
 *
 * @param outage its cameras left out: they may be ten thousand
 * @param unresolved how many of its issues are not over
 * @param taken how many of those are, or were before they came back, somebody's
 */
public record OpenOutage(Outage outage, long unresolved, long taken) {}
