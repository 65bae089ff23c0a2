/** The whole product under load, measured from outside; run with the profile {@code load}. */
@NullMarked
package cctvout.load;

import org.jspecify.annotations.NullMarked;
