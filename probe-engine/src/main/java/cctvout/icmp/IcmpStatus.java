package cctvout.icmp;

/** How an echo train ended. */
public enum IcmpStatus {
    /** All echoes answered. */
    SUCCESS,
    /** Some answered. */
    LOSS,
    /** None answered, nobody said why. */
    TIMEOUT,
    /** A definite refusal: unreachable, no route, name unknown, send error. */
    FAIL;

    /** At least one echo came back: line and device carry packets. */
    public boolean answered() {
        return this == SUCCESS || this == LOSS;
    }
}
