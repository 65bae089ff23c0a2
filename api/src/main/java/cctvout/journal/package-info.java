/** Beside the flow: the log's events as lines that a machine reads, each with the ids in it. */
@NullMarked
package cctvout.journal;

import org.jspecify.annotations.NullMarked;
