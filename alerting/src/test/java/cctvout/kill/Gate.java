package cctvout.kill;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.io.PrintStream;

/**
 * In the process that is to be killed: at the step that was asked for it says so on its standard
 * output, and from then on nothing of it comes to the database any more.
 */
final class Gate {

    static final String AT = "#at ";

    private final PrintStream parent;
    private @Nullable Step armed;
    private boolean shut;

    Gate(PrintStream parent) {
        this.parent = parent;
    }

    synchronized void arm(Step step) {
        armed = step;
    }

    /** Completes at once, or never. Lazy. */
    Mono<Void> pass(Moment moment) {
        return Mono.defer(() -> isOpen(moment) ? Mono.empty() : Mono.never());
    }

    private synchronized boolean isOpen(Moment moment) {
        if (!shut && armed != null && armed.isAt(moment)) {
            shut = true;
            parent.println(AT + armed);
        }
        return !shut;
    }
}
