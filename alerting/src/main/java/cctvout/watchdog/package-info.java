/** Beside the flow: the engine's own troubles, told like faults, and the heartbeat. */
@NullMarked
package cctvout.watchdog;

import org.jspecify.annotations.NullMarked;
