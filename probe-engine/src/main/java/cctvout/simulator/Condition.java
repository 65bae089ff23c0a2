package cctvout.simulator;

/**
 * What is wrong now.
 *
 * @param sinceMs when it began, milliseconds since 1970
 */
record Condition(Fault fault, long sinceMs) {}
