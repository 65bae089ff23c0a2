/** Step 1: the registered cameras, and every change of them, in order. */
@NullMarked
package cctvout.camera;

import org.jspecify.annotations.NullMarked;
