package cctvout.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Token buckets by caller: so many a second on average, and a burst above it. */
final class CallerBudget {

    private record Bucket(double tokens, long at) {}

    private final double perSecond;
    private final int burst;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets;

    /**
     * @param remembered callers; past it the one longest quiet begins anew
     */
    CallerBudget(int perSecond, int burst, int remembered, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
        this.buckets =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                        return size() > remembered;
                    }
                };
    }

    /** Zero where it may pass, else how long to wait. */
    synchronized Duration admit(String who) {
        long now = nanos.getAsLong();
        Bucket before = buckets.getOrDefault(who, new Bucket(burst, now));
        double tokens = Math.min(burst, before.tokens() + (now - before.at()) / 1e9 * perSecond);
        if (tokens < 1) {
            buckets.put(who, new Bucket(tokens, now));
            return Duration.ofNanos((long) ((1 - tokens) / perSecond * 1e9) + 1);
        }
        buckets.put(who, new Bucket(tokens - 1, now));
        return Duration.ZERO;
    }
}
