/**
 * The spine: one numbering for all that happened, written in commit order, replayed after a cursor
 * and then followed.
 */
@NullMarked
package cctvout.log;

import org.jspecify.annotations.NullMarked;
