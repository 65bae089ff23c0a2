package cctvout.store;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.time.Duration;
import java.util.Map;

/**
 * Limits of the way to PostgreSQL.
 *
 * @param maxConnections open at once, 1 to 1000, the one that listens not counted
 * @param maxWaiting callers that may wait for a connection
 * @param acquireTimeout how long each may wait
 * @param connectTimeout for one connection to be made
 * @param statementTimeout for one statement, enforced by the server
 * @param idleInTransaction how long a transaction may stand still between two statements before the
 *     server ends it: a process that freezes in the middle of one holds all others up no longer; 1
 *     s to 10 min, or 0: for ever, and nothing of that is asked of the server
 * @param silence after which a server that is gone without a word (no power, a firewall) is given
 *     up, and a process that is by the server, 2 s to 10 min, kept to a second
 * @param maxLife of a connection
 * @param maxIdle how long an unused connection is kept
 * @param startTimeout for the embedded server to start, recovery after a crash included
 * @param startAttempts how often an external database is tried at start, 1 s apart and growing to
 *     10 s
 */
@ConfigurationProperties("cctvout.store")
public record StoreSettings(
        @DefaultValue("16") int maxConnections,
        @DefaultValue("1000") int maxWaiting,
        @DefaultValue("10s") Duration acquireTimeout,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration statementTimeout,
        @DefaultValue("5s") Duration idleInTransaction,
        @DefaultValue("20s") Duration silence,
        @DefaultValue("30m") Duration maxLife,
        @DefaultValue("10m") Duration maxIdle,
        @DefaultValue("2m") Duration startTimeout,
        @DefaultValue("60") int startAttempts) {

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_IDLE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public StoreSettings {
        inRange("max-connections", maxConnections, 1, 1000);
        inRange("max-waiting", maxWaiting, 1, 1_000_000);
        inRange("start-attempts", startAttempts, 1, 1_000_000);
        positive("acquire-timeout", acquireTimeout);
        positive("connect-timeout", connectTimeout);
        positive("statement-timeout", statementTimeout);
        if (!idleInTransaction.isZero()) {
            inRange("idle-in-transaction", idleInTransaction, SHORTEST_IDLE);
        }
        inRange("silence", silence, SHORTEST_SILENCE);
        positive("max-life", maxLife);
        positive("max-idle", maxIdle);
        positive("start-timeout", startTimeout);
    }

    public static StoreSettings standard() {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("cctvout.store", StoreSettings.class);
    }

    private static void inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "cctvout.store.%s: %d is not from %d to %d"
                            .formatted(name, value, least, most));
        }
    }

    private static void inRange(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.store.%s: %s is not from %s to %s"
                            .formatted(name, value, least, LONGEST));
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "cctvout.store.%s: %s is not above zero".formatted(name, value));
        }
    }
}
