package cctvout.lifecycle;

import org.slf4j.Logger;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work that is tried again and again: the log says once that it waits, and once that it goes on.
 */
public final class ToldTrouble {

    private final Logger log;
    private final String what;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param what waits, such as {@code The registry waits}
     */
    public ToldTrouble(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    public void is(Throwable why) {
        if (!told.getAndSet(true)) {
            log.warn("{}: {}", what, why.toString());
        }
    }

    /** It worked, or works again. */
    public void isOver() {
        if (told.get() && told.getAndSet(false)) {
            log.info("{} no longer", what);
        }
    }
}
