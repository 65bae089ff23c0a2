/** Step 5: from a confirmed transition to the work that it makes: open, resolve, cancel. */
@NullMarked
package cctvout.issue;

import org.jspecify.annotations.NullMarked;
