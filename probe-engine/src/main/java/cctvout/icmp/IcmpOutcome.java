package cctvout.icmp;

/** What came of asking for an echo train: a result, or the reason why there is none. */
public sealed interface IcmpOutcome {

    record Measured(IcmpResult result) implements IcmpOutcome {}

    /**
     * The prober itself was at fault, so that nothing is known of the target.
     *
     * @param reason such as {@code SOCKET_BROKEN}, {@code PROBER_OVERLOAD}, {@code CLOCK_JUMPED}
     */
    record Inconclusive(String reason) implements IcmpOutcome {}
}
