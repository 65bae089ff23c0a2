package cctvout.alerting;

import cctvout.alerting.OutagesAtHand.Cause;
import cctvout.alerting.OutagesAtHand.Running;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.outage.CauseKey;
import cctvout.outage.OutageSettings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Of one batch, which lines fail with their whole site: they are told as one. A line's outage that
 * nobody has heard of yet becomes the site's; one that was told stays what it is.
 */
final class SiteOutages {

    /**
     * A site that is down.
     *
     * @param running its outage, or a line's that becomes it; null where there is none
     */
    record Site(Cause cause, @Nullable Running running, List<Issue> joining) {}

    private final OutageSettings settings;
    private final OutageFacts facts;
    private final OutagesAtHand atHand;
    private final OutageNotices notices;

    SiteOutages(
            OutageSettings settings,
            OutageFacts facts,
            OutagesAtHand atHand,
            OutageNotices notices) {
        this.settings = settings;
        this.facts = facts;
        this.atHand = atHand;
        this.notices = notices;
    }

    List<Site> among(Collection<Issue> fresh) {
        Map<String, List<Issue>> bySite = new LinkedHashMap<>();
        for (Issue issue : fresh) {
            String site = issue.kind() == IssueKind.LINE ? notices.siteOf(issue) : null;
            if (site != null && lineOf(issue) != null && !notices.isUnderWork(issue.cameraId())) {
                bySite.computeIfAbsent(site, _ -> new ArrayList<>()).add(issue);
            }
        }
        List<Site> down = new ArrayList<>();
        bySite.forEach(
                (name, opened) -> {
                    Site site = site(name, opened);
                    if (site != null) {
                        down.add(site);
                    }
                });
        return down;
    }

    private @Nullable Site site(String name, List<Issue> opened) {
        Cause cause = new Cause(IssueKind.LINE, CauseKey.SITE + name);
        Running running = atHand.of(cause);
        if (running != null) {
            List<Issue> joining =
                    opened.stream().filter(issue -> lineOutage(issue) == null).toList();
            return joining.isEmpty() || notices.isHeldBack(running.outage)
                    ? null
                    : new Site(cause, running, joining);
        }
        Map<String, Long> lines = facts.siteLines().getOrDefault(name, Map.of());
        List<Issue> all = new ArrayList<>(opened);
        Map<String, Integer> failing = new HashMap<>();
        Running untold = null;
        for (String line : lines.keySet()) {
            Running own = atHand.of(new Cause(IssueKind.LINE, CauseKey.LINE + line));
            if (own != null && isWhole(line, lines) && isRecent(own)) {
                failing.put(line, Math.toIntExact(lines.get(line)));
                untold = untold == null && notices.isUntold(own.outage) ? own : untold;
            }
            all.addAll(alone(line, name));
        }
        all.forEach(issue -> failing.merge(Objects.requireNonNull(lineOf(issue)), 1, Integer::sum));
        if (!settings.siteRule().isDown(lines, failing)) {
            return null;
        }
        Running widened = untold;
        List<Issue> joining =
                all.stream()
                        .filter(issue -> lineOutage(issue) == null || lineOutage(issue) == widened)
                        .toList();
        return joining.isEmpty() ? null : new Site(cause, widened, joining);
    }

    private List<Issue> alone(String line, String site) {
        return atHand.alone(new Cause(IssueKind.LINE, CauseKey.LINE + line)).stream()
                .filter(issue -> site.equals(notices.siteOf(issue)))
                .filter(issue -> !notices.isUnderWork(issue.cameraId()))
                .toList();
    }

    private @Nullable Running lineOutage(Issue issue) {
        return atHand.of(new Cause(IssueKind.LINE, CauseKey.LINE + lineOf(issue)));
    }

    /** All of the line is at this site, as far as it is known. */
    private boolean isWhole(String line, Map<String, Long> lines) {
        long here = lines.getOrDefault(line, 0L);
        return facts.lineSizes().getOrDefault(line, here) <= here;
    }

    private boolean isRecent(Running running) {
        return !running.outage.openedAt().isBefore(facts.since());
    }

    private static @Nullable String lineOf(Issue issue) {
        String key = issue.causeKey();
        return key != null && key.startsWith(CauseKey.LINE) ? CauseKey.name(key) : null;
    }
}
