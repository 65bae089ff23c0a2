/** The product as its users meet it: a process of its own, driven from outside, killed at times. */
@NullMarked
package cctvout.e2e;

import org.jspecify.annotations.NullMarked;
