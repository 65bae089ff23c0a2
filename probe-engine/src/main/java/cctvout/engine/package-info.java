/** The loop: due cameras to probes, outcomes to transitions, bounded and isolated. */
@NullMarked
package cctvout.engine;

import org.jspecify.annotations.NullMarked;
