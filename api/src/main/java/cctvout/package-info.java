/** Where the process starts: the server, or a command. */
@NullMarked
package cctvout;

import org.jspecify.annotations.NullMarked;
