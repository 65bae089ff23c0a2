/** Step 7: what is owed to whom, and its delivery: rows are the truth, channels only send. */
@NullMarked
package cctvout.notification;

import org.jspecify.annotations.NullMarked;
