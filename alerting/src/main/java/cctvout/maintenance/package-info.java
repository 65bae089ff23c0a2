/** Step 7: planned work, in whose time checks go on and notices are held. */
@NullMarked
package cctvout.maintenance;

import org.jspecify.annotations.NullMarked;
