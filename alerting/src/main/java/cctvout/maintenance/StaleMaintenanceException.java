package cctvout.maintenance;

/** The window was changed since the caller read it: 412. */
public final class StaleMaintenanceException extends RuntimeException {
    public StaleMaintenanceException(String id, long expected, long stored) {
        super("maintenance window " + id + " is at version " + stored + ", not " + expected);
    }
}
