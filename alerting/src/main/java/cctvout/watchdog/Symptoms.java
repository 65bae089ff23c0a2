package cctvout.watchdog;

import cctvout.notification.AlarmCause;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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
     * @return each with what is known of it
     */
    Map<Key, List<AlarmCause>> of(
            Collection<EngineReport> engines,
            long cameras,
            Map<String, Long> unprobed,
            Backlog backlog,
            Set<String> deadLanes,
            Instant now) {
        Map<Key, List<AlarmCause>> found = new LinkedHashMap<>();
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
            found.put(
                    new Key(Trouble.CHANNEL_DEAD, lane),
                    List.of(AlarmCause.unworded(lane + " fails again and again")));
        }
        return lasting(found, now);
    }

    /** Many wait, or one that it cannot get past. */
    private void behind(Backlog backlog, Map<Key, List<AlarmCause>> found, Instant now) {
        Key lag = new Key(Trouble.LOG_LAG, "alerting");
        Instant since = backlog.since();
        if (backlog.unread() > settings.lag()) {
            found.put(
                    lag,
                    List.of(
                            Finding.UNREAD.with(
                                    Map.of(
                                            "unread", Long.toString(backlog.unread()),
                                            "limit", Long.toString(settings.lag())),
                                    null)));
        } else if (since != null && since.plus(settings.late()).isBefore(now)) {
            found.put(lag, List.of(Finding.UNREAD_SINCE.with(Map.of(), since)));
        }
    }

    private static void ailing(Collection<EngineReport> engines, Map<Key, List<AlarmCause>> found) {
        for (EngineReport one : engines) {
            AlarmCause cause = engines.size() == 1 ? one.cause() : one.cause().at(one.node());
            Trouble trouble =
                    switch (one.state()) {
                        case BLIND -> Trouble.MONITOR_BLIND;
                        case OVERLOADED -> Trouble.MONITOR_OVERLOADED;
                        case PAUSED -> Trouble.MONITOR_PAUSED;
                        case RUNNING, ABSENT -> null;
                    };
            if (trouble != null) {
                found.merge(engine(trouble), List.of(cause), Symptoms::both);
            }
        }
    }

    private static List<AlarmCause> both(List<AlarmCause> some, List<AlarmCause> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** By what each has said itself: one that has ended meanwhile is gone, not silent. */
    private void silent(List<EngineReport> fresh, Map<Key, List<AlarmCause>> found) {
        List<AlarmCause> silent =
                fresh.stream()
                        .filter(this::isSilent)
                        .map(
                                one ->
                                        Finding.NO_PROBE_SINCE.with(
                                                cameras(one.cameras()), one.lastProbeAt()))
                        .toList();
        if (!silent.isEmpty()) {
            found.put(engine(Trouble.NO_PROBES), silent);
        }
    }

    private boolean isSilent(EngineReport one) {
        return one.lastProbeAt().plus(settings.silence()).isBefore(one.reportedAt());
    }

    /** Every process that probed has ended, or cannot say how it does. */
    private void nobody(
            Collection<EngineReport> engines,
            long cameras,
            Map<Key, List<AlarmCause>> found,
            Instant now) {
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
                    List.of(Finding.NOBODY_PROBES.with(cameras(cameras), heard)));
        }
    }

    /**
     * For so long that nobody is about to take them. Where no process is heard of at all, that says
     * it.
     */
    private void left(
            Map<String, Long> unprobed,
            boolean heard,
            Map<Key, List<AlarmCause>> found,
            Instant now) {
        unprobedSince.keySet().retainAll(unprobed.keySet());
        unprobed.forEach(
                (zone, cameras) -> {
                    Instant begin = unprobedSince.computeIfAbsent(zone, _ -> now);
                    if (heard && Duration.between(begin, now).compareTo(settings.gone()) > 0) {
                        found.put(
                                new Key(Trouble.NO_PROBES, zone(zone)),
                                List.of(unprobed(zone, cameras)));
                    }
                });
    }

    private static AlarmCause unprobed(String zone, long cameras) {
        if (zone.isEmpty()) {
            return Finding.REST_UNPROBED.with(cameras(cameras), null);
        }
        return Finding.ZONE_UNPROBED.with(
                Map.of("zone", zone, "cameras", Long.toString(cameras)), null);
    }

    private static Map<String, String> cameras(long count) {
        return Map.of("cameras", Long.toString(count));
    }

    /** What an alarm about it is about. */
    static String zone(String zone) {
        return "zone " + zone;
    }

    /** What comes and goes in moments is no news. */
    private Map<Key, List<AlarmCause>> lasting(Map<Key, List<AlarmCause>> found, Instant now) {
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
