/** Step 3a: ICMP echo over one socket, its outcome a value. */
@NullMarked
package cctvout.icmp;

import org.jspecify.annotations.NullMarked;
