/** The whole flow without a server: cameras of a file probed once, judged and printed. */
@NullMarked
package cctvout.cli;

import org.jspecify.annotations.NullMarked;
