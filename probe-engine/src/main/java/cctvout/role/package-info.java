/** What this process does of the flow: serve, probe, alert, or all of it. */
@NullMarked
package cctvout.role;

import org.jspecify.annotations.NullMarked;
