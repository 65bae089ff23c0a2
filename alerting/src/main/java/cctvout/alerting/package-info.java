/**
 * Steps 5 to 7 put together: the reader of the log that turns transitions into issues and notices
 * in one transaction, and what people do with issues.
 */
@NullMarked
package cctvout.alerting;

import org.jspecify.annotations.NullMarked;
