/** Starts and ends what goes on beside the requests, whichever step of the flow it is. */
@NullMarked
package cctvout.lifecycle;

import org.jspecify.annotations.NullMarked;
