/** What the code's shape must be, as tests. */
@NullMarked
package cctvout.architecture;

import org.jspecify.annotations.NullMarked;
