/** Step 2: when each camera is due, spread over its interval. */
@NullMarked
package cctvout.schedule;

import org.jspecify.annotations.NullMarked;
