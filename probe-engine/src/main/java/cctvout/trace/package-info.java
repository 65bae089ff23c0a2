/** Beside all steps: what a trace shows of them, where tracing is configured. */
@NullMarked
package cctvout.trace;

import org.jspecify.annotations.NullMarked;
