/**
 * Where the network may be reached: address ranges, and names turned into addresses, for all that
 * connects or pings.
 */
@NullMarked
package cctvout.network;

import org.jspecify.annotations.NullMarked;
