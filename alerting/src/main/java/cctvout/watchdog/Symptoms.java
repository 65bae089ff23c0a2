package cctvout.watchdog;

import cctvout.engine.EngineStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What ails now, from what is measured. Not thread-safe. */
final class Symptoms {

    /** A trouble and whose. */
    record Key(Trouble kind, String subject) {}

    static final String ENGINE = "engine";

    private final WatchdogSettings settings;
    private final Map<Key, Instant> since = new HashMap<>();
    private Instant lastProbe;

    Symptoms(WatchdogSettings settings, Instant now) {
        this.settings = settings;
        this.lastProbe = now;
    }

    /**
     * @param lag transitions that alerting has not read
     * @param deadLanes recipients and channels that are left alone
     * @return each with a plain sentence
     */
    Map<Key, String> of(EngineStatus engine, long lag, Set<String> deadLanes, Instant now) {
        Map<Key, String> found = new LinkedHashMap<>();
        switch (engine.state().name()) {
            case "BLIND" -> found.put(engine(Trouble.MONITOR_BLIND), engine.explanation());
            case "OVERLOADED" ->
                    found.put(engine(Trouble.MONITOR_OVERLOADED), engine.explanation());
            case "PAUSED" -> found.put(engine(Trouble.MONITOR_PAUSED), engine.explanation());
            default -> {}
        }
        if (engine.cameras() == 0 || engine.probesPerSecond() > 0) {
            lastProbe = now;
        }
        Duration silent = Duration.between(lastProbe, now);
        if (silent.compareTo(settings.silence()) > 0) {
            found.put(
                    engine(Trouble.NO_PROBES),
                    engine.cameras() + " cameras, no probe since " + lastProbe);
        }
        if (lag > settings.lag()) {
            found.put(
                    new Key(Trouble.LOG_LAG, "alerting"),
                    lag + " transitions are not read yet, more than " + settings.lag());
        }
        for (String lane : deadLanes) {
            found.put(new Key(Trouble.CHANNEL_DEAD, lane), lane + " fails again and again");
        }
        return lasting(found, now);
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
