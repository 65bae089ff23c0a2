package cctvout.maintenance;

/** There is a window of that id already: 409. */
public final class MaintenanceExistsException extends RuntimeException {
    public MaintenanceExistsException(String id) {
        super("maintenance window " + id + " exists already");
    }
}
