/** Benchmarks: what they share. The benchmarks themselves live beside what they measure. */
@NullMarked
package cctvout.bench;

import org.jspecify.annotations.NullMarked;
