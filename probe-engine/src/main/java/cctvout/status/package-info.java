/**
 * Step 4: from evidence to a verdict, from verdicts to confirmed transitions, and the log that
 * numbers them.
 */
@NullMarked
package cctvout.status;

import org.jspecify.annotations.NullMarked;
