package cctvout.alerting;

import cctvout.issue.Issue;
import cctvout.outage.OpenOutage;

import java.util.List;
import java.util.Map;

/**
 * What a round has to know to tell an outage, all of it locked.
 *
 * @param open outages that are not over
 * @param members unresolved issues of those that may end in this round
 * @param alone unresolved issues of the causes at hand, in no outage and not long open
 * @param lineSizes cameras by line, of the lines at hand
 */
record OutageFacts(
        List<OpenOutage> open,
        List<Issue> members,
        List<Issue> alone,
        Map<String, Long> lineSizes) {

    static final OutageFacts NONE = new OutageFacts(List.of(), List.of(), List.of(), Map.of());
}
