/** Beside all steps: sends spans to a collector, where one is configured. */
@NullMarked
package cctvout.tracing;

import org.jspecify.annotations.NullMarked;
