/**
 * What is kept under an id, in versions: how a change is refused that does not fit, that comes too
 * late, or that takes an id which is another's.
 */
@NullMarked
package cctvout.record;

import org.jspecify.annotations.NullMarked;
