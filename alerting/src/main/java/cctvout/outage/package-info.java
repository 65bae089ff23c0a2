/** Step 7: one common cause behind many issues. */
@NullMarked
package cctvout.outage;

import org.jspecify.annotations.NullMarked;
