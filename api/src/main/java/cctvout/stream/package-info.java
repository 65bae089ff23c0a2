/** The last step: the log, live, to dashboards over server-sent events. */
@NullMarked
package cctvout.stream;

import org.jspecify.annotations.NullMarked;
