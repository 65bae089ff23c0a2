package cctvout.policy;

import cctvout.policy.Plan.Lacking;
import cctvout.recipient.Chosen;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientRole;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of those an audience means, who can be told of a fault.
 *
 * @param told perhaps nobody
 */
record Choice(List<Chosen> told, List<Lacking> lacking) {

    static Choice of(Audience audience, String who, Fault fault, Parties parties) {
        Map<String, Chosen> meant = new LinkedHashMap<>();
        List<Lacking> lacking = new ArrayList<>();
        if (audience.isDefault()) {
            parties.toldOf(fault.kind(), fault.camera())
                    .forEach(one -> meant.put(one.recipient().id(), one));
        }
        for (String id : audience.recipients()) {
            String wrong = cannotBeTold(id, parties);
            if (wrong == null) {
                parties.find(id).ifPresent(one -> meant.put(id, new Chosen(one, who)));
            } else {
                lacking.add(new Lacking(id, wrong));
            }
        }
        for (RecipientRole role : audience.roles()) {
            parties.answering(role, fault.camera())
                    .forEach(
                            one ->
                                    meant.putIfAbsent(
                                            one.id(), new Chosen(one, who + ", as " + role)));
        }
        List<Chosen> told = new ArrayList<>();
        for (Chosen one : meant.values()) {
            if (channels(one.recipient(), audience).isEmpty()) {
                lacking.add(
                        new Lacking(
                                one.recipient().id(), "has no channel of " + audience.channels()));
            } else {
                told.add(one);
            }
        }
        return new Choice(told, lacking);
    }

    private static @Nullable String cannotBeTold(String id, Parties parties) {
        return parties.find(id)
                .map(one -> one.enabled() ? null : "is disabled")
                .orElse(parties.find(id).isPresent() ? null : "is not registered");
    }

    /** Theirs that the audience names, by key. */
    static Map<String, RecipientChannel> channels(Recipient recipient, Audience audience) {
        if (audience.channels().isEmpty()) {
            return recipient.channelsByKey();
        }
        Map<String, RecipientChannel> wanted = new LinkedHashMap<>();
        recipient
                .channelsByKey()
                .forEach(
                        (key, channel) -> {
                            if (audience.channels().contains(channel.type())) {
                                wanted.put(key, channel);
                            }
                        });
        return wanted;
    }

    List<Told> on(Audience audience, @Nullable Instant heldUntil) {
        return told.stream()
                .map(one -> new Told(one, channels(one.recipient(), audience), heldUntil))
                .toList();
    }

    static List<Told> controlRoom(
            Fault fault, Parties parties, String why, @Nullable Instant heldUntil) {
        return parties.controlRoom(fault.camera()).stream()
                .map(
                        room ->
                                new Told(
                                        new Chosen(room.recipient(), why),
                                        room.recipient().channelsByKey(),
                                        heldUntil))
                .toList();
    }
}
