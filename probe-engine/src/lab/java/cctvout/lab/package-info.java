/** Real faults for tests: a network namespace in which packets are lost and refused. */
@NullMarked
package cctvout.lab;

import org.jspecify.annotations.NullMarked;
