/**
 * Cameras that the national traffic information service (ITS) lists: fetched again and again into
 * the registry, since their stream URLs change.
 */
@NullMarked
package cctvout.its;

import org.jspecify.annotations.NullMarked;
