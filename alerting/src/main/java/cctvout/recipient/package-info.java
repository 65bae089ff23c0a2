/** Step 6: who is told: the parties of a city, their channels, and the choice among them. */
@NullMarked
package cctvout.recipient;

import org.jspecify.annotations.NullMarked;
