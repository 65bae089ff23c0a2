package cctvout.watchdog;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What ails now, from what is measured. Not thread-safe. */
final class Symptoms {

    /** A trouble and whose. */
    record Key(Trouble kind, String subject) {}

    static final String ENGINE = "engine";

    private final WatchdogSettings settings;
    private final Map<Key, Instant> since = new HashMap<>();
    private final Map<String, Instant> unprobedSince = new HashMap<>();
    private final Instant begun;

    Symptoms(WatchdogSettings settings, Instant now) {
        this.settings = settings;
        this.begun = now;
    }

    /**
     * @param engines the latest word of each process that probes
     * @param cameras that somebody should probe
     * @param unprobed of these, by zone, those that no process has; only zones that have any
     * @param backlog what alerting has not read
     * @param deadLanes recipients and channels that are left alone
     * @return each with a plain sentence
     */
    Map<Key, String> of(
            Collection<EngineReport> engines,
            long cameras,
            Map<String, Long> unprobed,
            Backlog backlog,
            Set<String> deadLanes,
            Instant now) {
        Map<Key, String> found = new LinkedHashMap<>();
        List<EngineReport> fresh =
                engines.stream()
                        .filter(one -> one.reportedAt().plus(settings.fresh()).isAfter(now))
                        .toList();
        if (fresh.isEmpty()) {
            // what it said last stands until somebody says otherwise
            ailing(engines, found);
            nobody(engines, cameras, found, now);
        } else {
            ailing(fresh, found);
            silent(fresh, found);
        }
        left(unprobed, !fresh.isEmpty(), found, now);
        behind(backlog, found, now);
        for (String lane : deadLanes) {
            found.put(new Key(Trouble.CHANNEL_DEAD, lane), lane + " fails again and again");
        }
        return lasting(found, now);
    }

    /** Many wait, or one that it cannot get past. */
    private void behind(Backlog backlog, Map<Key, String> found, Instant now) {
        Key lag = new Key(Trouble.LOG_LAG, "alerting");
        Instant since = backlog.since();
        if (backlog.unread() > settings.lag()) {
            found.put(
                    lag,
                    backlog.unread()
                            + " transitions are not read yet, more than "
                            + settings.lag());
        } else if (since != null && since.plus(settings.late()).isBefore(now)) {
            found.put(lag, "a transition of " + since + " is not read yet");
        }
    }

    private static void ailing(Collection<EngineReport> engines, Map<Key, String> found) {
        for (EngineReport one : engines) {
            String words =
                    engines.size() == 1 ? one.explanation() : one.node() + ": " + one.explanation();
            Trouble trouble =
                    switch (one.state()) {
                        case BLIND -> Trouble.MONITOR_BLIND;
                        case OVERLOADED -> Trouble.MONITOR_OVERLOADED;
                        case PAUSED -> Trouble.MONITOR_PAUSED;
                        case RUNNING, ABSENT -> null;
                    };
            if (trouble != null) {
                found.merge(engine(trouble), words, (all, more) -> all + "; " + more);
            }
        }
    }

    /** By what each has said itself: one that has ended meanwhile is gone, not silent. */
    private void silent(List<EngineReport> fresh, Map<Key, String> found) {
        String words =
                fresh.stream()
                        .filter(this::isSilent)
                        .map(
                                one ->
                                        "%d cameras, no probe since %s"
                                                .formatted(one.cameras(), one.lastProbeAt()))
                        .collect(Collectors.joining("; "));
        if (!words.isEmpty()) {
            found.put(engine(Trouble.NO_PROBES), words);
        }
    }

    private boolean isSilent(EngineReport one) {
        return one.lastProbeAt().plus(settings.silence()).isBefore(one.reportedAt());
    }

    /** Every process that probed has ended, or cannot say how it does. */
    private void nobody(
            Collection<EngineReport> engines, long cameras, Map<Key, String> found, Instant now) {
        Instant heard =
                engines.stream()
                        .map(EngineReport::reportedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(begun);
        // one that has just started gives those a moment that it starts together with
        Instant last = heard.isAfter(begun) ? heard : begun;
        if (cameras > 0 && Duration.between(last, now).compareTo(settings.gone()) > 0) {
            found.put(
                    engine(Trouble.NO_PROBES),
                    cameras + " cameras, and no process that probes was heard of since " + heard);
        }
    }

    /**
     * For so long that nobody is about to take them. Where no process is heard of at all, that says
     * it.
     */
    private void left(
            Map<String, Long> unprobed, boolean heard, Map<Key, String> found, Instant now) {
        unprobedSince.keySet().retainAll(unprobed.keySet());
        unprobed.forEach(
                (zone, cameras) -> {
                    Instant begin = unprobedSince.computeIfAbsent(zone, _ -> now);
                    if (heard && Duration.between(begin, now).compareTo(settings.gone()) > 0) {
                        String where =
                                zone.isEmpty()
                                        ? "outside of zones with probers"
                                        : "of zone " + zone;
                        found.put(
                                new Key(Trouble.NO_PROBES, zone(zone)),
                                "cameras %s that no process probes: %d".formatted(where, cameras));
                    }
                });
    }

    /** What an alarm about it is about. */
    static String zone(String zone) {
        return "zone " + zone;
    }

    /** What comes and goes in moments is no news. */
    private Map<Key, String> lasting(Map<Key, String> found, Instant now) {
        since.keySet().retainAll(found.keySet());
        Instant before = now.minus(settings.lasting());
        found.keySet()
                .removeIf(
                        key ->
                                since.computeIfAbsent(key, _ -> now).isAfter(before)
                                        && key.kind().passes());
        return found;
    }

    private static Key engine(Trouble kind) {
        return new Key(kind, ENGINE);
    }
}
