package cctvout.notification;

import cctvout.notification.Outbox.Waiting;
import cctvout.recipient.Language;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the lanes of some recipients lead, as their channels are now. */
final class Addresses {

    private final Map<String, Recipient> recipients = new HashMap<>();
    private final Map<String, Channel> channels;

    Addresses(List<Recipient> recipients, Map<String, Channel> channels) {
        recipients.forEach(recipient -> this.recipients.put(recipient.id(), recipient));
        this.channels = channels;
    }

    Address of(Waiting lane) {
        return address(lane.recipientId(), lane.channelKey(), lane.channel());
    }

    Address of(Notice notice) {
        return address(
                notice.notification().recipientId(),
                notice.channelKey(),
                notice.notification().channel());
    }

    private Address address(String recipientId, String key, String type) {
        if (type.equals(Notice.INBOX)) {
            // there for everyone: the built-in control room, and who has no other channel any more
            RecipientChannel inbox = new RecipientChannel.Inbox();
            return new Address(Notice.INBOX, channels.get(type), inbox);
        }
        Recipient recipient = recipients.get(recipientId);
        RecipientChannel address = recipient == null ? null : recipient.channelsByKey().get(key);
        Channel channel = channels.get(type);
        if (address == null || channel == null || !address.type().equals(type)) {
            return new Address("gone " + recipientId + "/" + key, null, null);
        }
        return new Address(channel.endpoint(address), channel, address);
    }

    Map<String, Language> languages() {
        Map<String, Language> languages = new HashMap<>();
        recipients.forEach((id, recipient) -> languages.put(id, recipient.language()));
        return languages;
    }

    /**
     * @param endpoint may be a secret
     */
    record Address(String endpoint, @Nullable Channel channel, @Nullable RecipientChannel to) {

        Mono<Delivery> send(Notice notice) {
            return channel == null || to == null
                    ? Mono.just(new Delivery.Failed(FailureCause.Code.NO_SUCH_CHANNEL, false, true))
                    : channel.send(notice, to);
        }
    }
}
