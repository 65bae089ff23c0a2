/** Beside step 2: which of all cameras this process probes, where several probe. */
@NullMarked
package cctvout.cluster;

import org.jspecify.annotations.NullMarked;
