/** Step 5: what was measured, written in batches; the latest status of every camera. */
@NullMarked
package cctvout.history;

import org.jspecify.annotations.NullMarked;
