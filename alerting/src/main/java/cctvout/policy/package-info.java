/** Step 5: of a fault, who is told, on what and when, and who if nobody takes it up. */
@NullMarked
package cctvout.policy;

import org.jspecify.annotations.NullMarked;
