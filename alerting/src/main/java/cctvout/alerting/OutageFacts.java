package cctvout.alerting;

import cctvout.issue.Issue;
import cctvout.outage.OpenOutage;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a round has to know to tell an outage, all of it locked.
 *
 * @param open outages that are not over
 * @param members unresolved issues of those that may end in this round
 * @param alone unresolved issues of the causes at hand, in no outage and not long open
 * @param lineSizes cameras by line, of the lines at hand
 * @param siteLines cameras by site and line, of the sites at hand
 * @param keys of all causes at hand: outages that the round may join or widen
 */
record OutageFacts(
        List<OpenOutage> open,
        List<Issue> members,
        List<Issue> alone,
        Map<String, Long> lineSizes,
        Map<String, Map<String, Long>> siteLines,
        Set<String> keys) {}
