package cctvout.notification;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is due, lane by lane. All publishers are lazy and join the caller's transaction. */
interface Outbox {

    /** What is due now, lane by lane, the longest due first. */
    Mono<List<Waiting>> waiting(Instant now);

    /**
     * @param channel the type
     * @param singles due by themselves
     * @param digests due
     */
    record Waiting(
            String recipientId, String channelKey, String channel, int singles, int digests) {

        String lane() {
            return recipientId + "/" + channelKey;
        }
    }

    /**
     * The longest due of a lane, no digests and nothing that the receiver may have got already,
     * locked until commit; none that another locked.
     */
    Mono<List<Notice>> gather(Instant now, Waiting lane, int limit);

    /**
     * Takes what is due: the row is the taker's until the lease ends. Never a RECOVERED while an
     * earlier notice of what it is about is still to be sent on its lane, never what another
     * process holds.
     *
     * @param rooms of the lanes that may send: how many each, digests first
     */
    Mono<List<Notice>> claim(
            Instant now, String lease, Duration leaseTime, int limit, Map<String, Integer> rooms);

    /** All that these lanes owe is due now; how many were not. */
    Mono<Long> hasten(Collection<String> lanes, Instant now);
}
