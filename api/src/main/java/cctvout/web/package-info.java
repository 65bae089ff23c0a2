/** REST by resource: what is registered, measured, decided and owed. */
@NullMarked
package cctvout.web;

import org.jspecify.annotations.NullMarked;
