package cctvout.cluster;

/**
 * A shard of a zone, and the epoch that its owner took it with: what is written under it counts as
 * long as nobody has taken the shard since.
 *
 * @param zone empty: all cameras that are in no zone with probers of its own
 * @param shard 0 to 255
 * @param epoch of all claims one sequence, a later one is higher; 0: nobody shares, nothing is
 *     checked
 */
public record Claim(String zone, int shard, long epoch) {

    /** Of a process that is alone. */
    public static final Claim ALONE = new Claim("", 0, 0);

    public boolean isShared() {
        return epoch > 0;
    }
}
