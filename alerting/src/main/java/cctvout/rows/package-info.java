/** How alerting's tables are written: a batch of rows as one JSON parameter. */
@NullMarked
package cctvout.rows;

import org.jspecify.annotations.NullMarked;
