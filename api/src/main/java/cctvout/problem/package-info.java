/** What went wrong with a request, told as problem details (RFC 9457). */
@NullMarked
package cctvout.problem;

import org.jspecify.annotations.NullMarked;
