package cctvout.engine;

/** More checks were asked for than {@code cctvout.probe.asked-checks} allows at a time: 429. */
public final class EngineBusyException extends RuntimeException {
    public EngineBusyException(int limit) {
        super("cctvout.probe.asked-checks: " + limit + " checks are asked for already");
    }
}
