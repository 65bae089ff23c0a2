package cctvout.engine;

/** A check was asked for of a process that is about to end: 503, another one makes it. */
public final class EngineStoppingException extends RuntimeException {
    public EngineStoppingException() {
        super("this process is stopping: ask again");
    }
}
