/** Beside the flow: says whether this process can do its part of it. */
@NullMarked
package cctvout.health;

import org.jspecify.annotations.NullMarked;
