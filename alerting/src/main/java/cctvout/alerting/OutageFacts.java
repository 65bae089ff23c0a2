package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.issue.Issue;
import cctvout.outage.OpenOutage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a round has to know to tell an outage, all of it locked.
 *
 * @param open outages that are not over
 * @param members unresolved issues of those that may end in this round
 * @param districts of those, a camera of each district that they took
 * @param alone unresolved issues of the causes at hand: in no outage and not long open, or left
 *     behind by one and not told of yet
 * @param lineSizes cameras by line, of the lines at hand
 * @param siteLines cameras by site and line, of the sites at hand
 * @param keys of all causes at hand: outages that the round may join or widen
 * @param since what began since then may have its cause in common with what the round finds
 */
record OutageFacts(
        List<OpenOutage> open,
        List<Issue> members,
        Map<String, Collection<Camera>> districts,
        List<Issue> alone,
        Map<String, Long> lineSizes,
        Map<String, Map<String, Long>> siteLines,
        Set<String> keys,
        Instant since) {}
