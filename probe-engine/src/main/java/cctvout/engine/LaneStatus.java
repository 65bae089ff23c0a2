package cctvout.engine;

/**
 * How full a bulkhead is.
 *
 * @param setting that names its limit
 * @param limit probes at a time
 * @param waiting that are due and have no place yet
 */
public record LaneStatus(String setting, int limit, int underWay, int waiting) {}
