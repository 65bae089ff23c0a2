/** Who may ask: closed by default, passwords only as hashes, brute force bounded. */
@NullMarked
package cctvout.security;

import org.jspecify.annotations.NullMarked;
