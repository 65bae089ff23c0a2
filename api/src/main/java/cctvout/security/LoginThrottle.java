package cctvout.security;

import cctvout.problem.ProblemException;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many passwords may be tried. An attempt counts when it begins, so that many at a time gain
 * nothing; a right one clears the count. Bounded: past the limit the oldest is forgotten.
 */
final class LoginThrottle {

    private record Attempts(Instant first, int count) {}

    private final int allowed;
    private final Duration window;
    private final Map<String, Attempts> attempts;

    LoginThrottle(int allowed, Duration window, int remembered) {
        this.allowed = allowed;
        this.window = window;
        this.attempts =
                new LinkedHashMap<>() {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
                        return size() > remembered;
                    }
                };
    }

    static LoginThrottle of(SecuritySettings settings) {
        return new LoginThrottle(
                settings.failedLogins(),
                settings.failedLoginsWindow(),
                settings.rememberedLogins());
    }

    /**
     * Counts an attempt.
     *
     * @throws ProblemException 429 where it must wait
     */
    void admit(String who, Instant now) {
        Duration wait = attempt(who, now);
        if (wait.isPositive()) {
            throw ProblemException.tooMany(
                    "too many failed logins (cctvout.security.failed-logins)", wait);
        }
    }

    /** Counts an attempt; how long it must wait, zero where it may be made now. */
    synchronized Duration attempt(String who, Instant now) {
        Attempts before = attempts.get(who);
        if (before == null || !now.isBefore(before.first().plus(window))) {
            attempts.remove(who);
            attempts.put(who, new Attempts(now, 1));
            return Duration.ZERO;
        }
        if (before.count() >= allowed) {
            return Duration.between(now, before.first().plus(window));
        }
        attempts.put(who, new Attempts(before.first(), before.count() + 1));
        return Duration.ZERO;
    }

    synchronized void succeeded(String who) {
        attempts.remove(who);
    }
}
