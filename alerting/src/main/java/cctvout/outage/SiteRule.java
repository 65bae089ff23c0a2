package cctvout.outage;

import java.util.Map;

/**
 * When lines that fail at one site are the site's fault: whole lines of it are down, and they are
 * many. A site that many small lines lead to is down when half of its cameras are.
 *
 * @param threshold cameras that make an outage
 * @param lines of one site that must be down, 2 or more; 0: a site is never blamed for its lines
 */
public record SiteRule(int threshold, int lines) {

    /**
     * @param registered cameras at the site, by line
     * @param failing those of them that failed just now, by line
     */
    public boolean isDown(Map<String, Long> registered, Map<String, Integer> failing) {
        int down = 0;
        int wholeLines = 0;
        long cameras = 0;
        for (var line : failing.entrySet()) {
            int failed = line.getValue();
            long all = registered.getOrDefault(line.getKey(), (long) failed);
            if (failed >= Math.min(threshold, all)) {
                down++;
                cameras += failed;
                wholeLines += failed >= threshold ? 1 : 0;
            }
        }
        if (lines == 0 || down < lines || cameras < threshold) {
            return false;
        }
        long site = registered.values().stream().mapToLong(Long::longValue).sum();
        return wholeLines >= lines || cameras * 2 >= site;
    }
}
