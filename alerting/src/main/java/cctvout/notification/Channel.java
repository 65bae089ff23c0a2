package cctvout.notification;

import cctvout.recipient.RecipientChannel;

import reactor.core.publisher.Mono;

/** Sends notices of one type. The map of channels by type is the whole plug-in system. */
interface Channel {

    /** As the contract writes it, such as {@code webhook}. */
    String type();

    /**
     * What stands and falls together, such as a URL or a mail server: may be a secret, is never
     * shown.
     */
    String endpoint(RecipientChannel address);

    /**
     * One try. Lazy; cancel gives up; never an error signal, always within the deadline.
     *
     * @param address the recipient's channel, of this type
     */
    Mono<Delivery> send(Notice notice, RecipientChannel address);
}
