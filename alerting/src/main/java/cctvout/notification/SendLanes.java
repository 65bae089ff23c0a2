package cctvout.notification;

import cctvout.notification.Breaker.State;
import cctvout.notification.Outbox.Waiting;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who may send how much at once. A lane is one channel of one recipient, with a rate; an endpoint
 * is what several lanes may share, such as a mail server, with a breaker. An endpoint whose last
 * try failed is ailing: it gets one try at a time, and all the ailing together half of what there
 * is, so that dead channels delay no other; so does one that holds its tries and ends none of them
 * for a second. One that was not heard of yet begins with two at a time. In memory: what it forgets
 * at a restart costs a few tries.
 */
final class SendLanes {

    /** Due on a lane, and where it goes; an endpoint of its own where nothing is there any more. */
    record Wish(Waiting waiting, String endpoint) {}

    /**
     * @param rooms how many each lane may take now; one that is not named takes none
     * @param overflowing lanes with more than their rate lets through: to be gathered in a digest
     */
    record Plan(Map<String, Integer> rooms, List<Waiting> overflowing) {}

    private static final int MANY = 4096;
    private static final int FIRST_TRIES = 2;
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final NotificationSettings settings;
    private final Map<String, Integer> busy = new HashMap<>();
    private final Set<String> ailing = new HashSet<>();
    private final Map<String, Instant> moved = new HashMap<>();
    private final Map<String, Integer> windows = new HashMap<>();
    private final Map<String, Breaker> breakers = new HashMap<>();
    private final Map<String, RateBucket> buckets = new HashMap<>();
    private final Map<String, String> endpoints = new HashMap<>();
    private int inFlight;

    SendLanes(NotificationSettings settings) {
        this.settings = settings;
    }

    synchronized int free() {
        return settings.parallelism() - inFlight;
    }

    synchronized Plan plan(Collection<Wish> wishes, Instant now) {
        forgetTheIdle(now);
        Map<String, Integer> rooms = new LinkedHashMap<>();
        List<Waiting> overflowing = new ArrayList<>();
        Map<String, Integer> left = new HashMap<>();
        int forAiling = Math.max(1, settings.parallelism() / 2) - ailingBusy(now);
        for (Wish wish : wishes) {
            Waiting waiting = wish.waiting();
            boolean ails = isAiling(wish.endpoint(), now);
            int most = left.computeIfAbsent(wish.endpoint(), endpoint -> room(endpoint, now));
            int rate = bucket(waiting, now).room(now);
            boolean overflows = rate > 0 && waiting.singles() > rate;
            if (overflows) {
                overflowing.add(waiting);
            }
            int due = overflows ? 1 : waiting.singles() + waiting.digests();
            int room = Math.min(Math.min(most, due), isOpen(wish.endpoint(), now) ? due : rate);
            if (ails) {
                room = Math.min(room, forAiling);
                forAiling -= Math.max(0, room);
            }
            if (room > 0) {
                rooms.put(waiting.lane(), room);
                left.put(wish.endpoint(), most - room);
            }
        }
        return new Plan(rooms, overflowing);
    }

    private int ailingBusy(Instant now) {
        return busy.entrySet().stream()
                .filter(one -> isAiling(one.getKey(), now))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private int room(String endpoint, Instant now) {
        int tries = busy.getOrDefault(endpoint, 0);
        if (isOpen(endpoint, now)) {
            return settings.perChannel();
        }
        if (isAiling(endpoint, now)) {
            return tries > 0 ? 0 : 1;
        }
        int window = windows.getOrDefault(endpoint, FIRST_TRIES);
        return Math.max(0, Math.min(window, settings.perChannel()) - tries);
    }

    private boolean isAiling(String endpoint, Instant now) {
        return ailing.contains(endpoint)
                || busy.containsKey(endpoint)
                        && moved.getOrDefault(endpoint, now).plus(SLOW).isBefore(now);
    }

    private boolean isOpen(String endpoint, Instant now) {
        Breaker breaker = breakers.get(endpoint);
        return breaker != null && breaker.state(now) == State.OPEN;
    }

    private RateBucket bucket(Waiting waiting, Instant now) {
        return buckets.computeIfAbsent(
                waiting.lane(),
                _ -> {
                    NotificationSettings.Rate rate = settings.rateOf(waiting.channel());
                    return new RateBucket(rate.burst(), rate.perMinute(), now);
                });
    }

    private void forgetTheIdle(Instant now) {
        if (buckets.size() > MANY) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
        }
        if (endpoints.size() > MANY) {
            endpoints.values().removeIf(endpoint -> !ailing.contains(endpoint));
        }
        if (windows.size() > MANY) {
            windows.keySet().retainAll(busy.keySet());
        }
    }

    /** What is taken, and not tried where its endpoint is left alone; null where it may be. */
    synchronized Delivery.@Nullable Skipped taken(String lane, String endpoint, Instant now) {
        inFlight++;
        if (busy.merge(endpoint, 1, Integer::sum) == 1) {
            moved.put(endpoint, now);
        }
        endpoints.put(lane, endpoint);
        Breaker breaker = breakers.get(endpoint);
        boolean passes = breaker == null || breaker.pass(now);
        RateBucket bucket = buckets.get(lane);
        if (passes && bucket != null) {
            bucket.take();
        }
        return passes || breaker == null
                ? null
                : new Delivery.Skipped(
                        Objects.requireNonNull(breaker.cause()),
                        breaker.left(now),
                        breaker.asked(now));
    }

    /** After its outcome is stored; the lanes of an endpoint that was left alone and is well. */
    synchronized List<String> done(String endpoint, Delivery delivery, Instant now) {
        inFlight--;
        moved.put(endpoint, now);
        if (busy.computeIfPresent(endpoint, (_, tries) -> tries == 1 ? null : tries - 1) == null) {
            moved.remove(endpoint);
        }
        return switch (delivery) {
            case Delivery.Skipped _ -> List.of();
            case Delivery.Failed failed when !failed.itself() -> {
                ailing(endpoint, failed, now);
                yield List.of();
            }
            // to refuse this one alone is an answer, too
            case Delivery.Failed _, Delivery.Sent _ -> well(endpoint);
        };
    }

    private void ailing(String endpoint, Delivery.Failed failed, Instant now) {
        ailing.add(endpoint);
        windows.remove(endpoint);
        NotificationSettings.BreakerLimits limits = settings.breaker();
        Breaker breaker =
                breakers.computeIfAbsent(
                        endpoint,
                        _ -> new Breaker(limits.failures(), limits.window(), limits.open()));
        breaker.failed(failed.cause(), now);
        if (failed.retryAfter() != null && failed.retryAfter().isPositive()) {
            breaker.pause(now.plus(settings.capped(failed.retryAfter())));
        }
    }

    private List<String> well(String endpoint) {
        ailing.remove(endpoint);
        int window = windows.getOrDefault(endpoint, FIRST_TRIES);
        windows.put(endpoint, Math.min(2 * window, settings.perChannel()));
        Breaker breaker = breakers.remove(endpoint);
        if (breaker == null || !breaker.succeeded()) {
            return List.of();
        }
        return endpoints.entrySet().stream()
                .filter(lane -> lane.getValue().equals(endpoint))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Endpoints by the state of their breakers; closed ones that never fail are not counted. */
    synchronized Map<State, Integer> breakers(Instant now) {
        Map<State, Integer> counted = new EnumMap<>(State.class);
        breakers.values().forEach(breaker -> counted.merge(breaker.state(now), 1, Integer::sum));
        return counted;
    }

    /** Lanes whose endpoint is left alone now. */
    synchronized Set<String> dead(Instant now) {
        Set<String> lanes = new HashSet<>();
        endpoints.forEach(
                (lane, endpoint) -> {
                    Breaker breaker = breakers.get(endpoint);
                    if (breaker != null && breaker.state(now) != State.CLOSED) {
                        lanes.add(lane);
                    }
                });
        return lanes;
    }
}
