package cctvout.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * A part without which the process is not alive: it never ends by itself, and where it stands still
 * nothing but a new process brings it back.
 */
public interface LivingPart {

    /** What it is, for log and health. */
    String part();

    /**
     * Another number than a second ago as long as it goes on, or where it is not to. Any thread;
     * never waits.
     */
    long beats();

    /** Whose stack says where it stands still; null where that is no one thread's matter. */
    default @Nullable Thread thread() {
        return null;
    }
}
