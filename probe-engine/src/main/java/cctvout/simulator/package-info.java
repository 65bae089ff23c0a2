/** A simulated city: HLS cameras on loopback with scripted faults, for demo, tests and load. */
@NullMarked
package cctvout.simulator;

import org.jspecify.annotations.NullMarked;
