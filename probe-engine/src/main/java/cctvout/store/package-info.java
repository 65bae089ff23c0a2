/** PostgreSQL: embedded by default, external where named; pool, migrations, transactions. */
@NullMarked
package cctvout.store;

import org.jspecify.annotations.NullMarked;
