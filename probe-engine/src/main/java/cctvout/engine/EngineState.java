package cctvout.engine;

/** How the engine itself does: told apart, so that none of it is taken for a camera's fault. */
public enum EngineState {
    RUNNING,

    /** Checks begin late, or the process gets too little of the machine. */
    OVERLOADED,

    /** No canary answers, or nothing at all: it is the monitor's own link that is ill. */
    BLIND,

    /** The process stood still, and makes up for what it missed. */
    PAUSED,

    /** This process does not probe. */
    ABSENT
}
