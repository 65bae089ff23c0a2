/** The last step: the log and the registry to downstream systems, over Kafka. */
@NullMarked
package cctvout.kafka;

import org.jspecify.annotations.NullMarked;
