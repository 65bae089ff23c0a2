package cctvout.relay;

/** Too many checks are asked for at a time, here or in the process that probes: 429. */
public final class RelayBusyException extends RuntimeException {

    RelayBusyException(String message) {
        super(message, null, false, false);
    }

    static RelayBusyException here(int limit) {
        return new RelayBusyException(
                "cctvout.relay.checks: " + limit + " checks are asked of other processes already");
    }
}
