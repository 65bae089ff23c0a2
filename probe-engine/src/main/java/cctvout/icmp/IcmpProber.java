package cctvout.icmp;

import reactor.core.publisher.Mono;

/**
 * Sends echo trains. Lazy: one train a subscription; cancelling stops the train; never an error
 * signal.
 */
public interface IcmpProber {

    /** How the socket was opened, as {@code /api/status} says it. */
    enum Mode {
        DGRAM,
        RAW,
        UNAVAILABLE
    }

    /**
     * @param host an address literal or a name, resolved at each probe
     * @return exactly one outcome, on an event loop, or on the caller's thread where it is known at
     *     once
     */
    Mono<IcmpOutcome> probe(String host);

    Mode mode();

    /**
     * What an administrator can do where the mode is {@code UNAVAILABLE}; else the mode's name in
     * plain words.
     */
    String explanation();
}
