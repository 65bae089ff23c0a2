/** Step 3b: the stream check: playlist, variant, newest segment, its outcome a value. */
@NullMarked
package cctvout.hls;

import org.jspecify.annotations.NullMarked;
