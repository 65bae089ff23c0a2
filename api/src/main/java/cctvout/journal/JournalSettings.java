package cctvout.journal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param enabled whether processes with the role alerting write a line for each transition, change
 *     of an issue and change of a notification
 */
@ConfigurationProperties("cctvout.journal")
record JournalSettings(@DefaultValue("false") boolean enabled) {}
