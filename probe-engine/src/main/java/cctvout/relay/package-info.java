/** Beside steps 2 and 5: what a process that serves asks of the one that probes a camera. */
@NullMarked
package cctvout.relay;

import org.jspecify.annotations.NullMarked;
