package cctvout.recipient;

import cctvout.camera.TidyText;
import cctvout.record.InvalidRecordException;
import cctvout.record.Violation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is told, as REST shows it.
 *
 * @param lines theirs; empty for all, and so are vendors and districts
 * @param channels on each of them; the inbox where none is given
 * @param version counts up with each change, from 1; 0 before it is stored
 */
public record Recipient(
        String id,
        String name,
        RecipientRole role,
        Language language,
        List<String> lines,
        List<String> vendors,
        List<String> districts,
        List<RecipientChannel> channels,
        boolean enabled,
        long version) {

    public Recipient {
        lines = TidyText.names(lines);
        vendors = TidyText.names(vendors);
        districts = TidyText.names(districts);
        channels =
                channels.isEmpty() ? List.of(new RecipientChannel.Inbox()) : List.copyOf(channels);
    }

    /**
     * From JSON, where most may be left out: all lines, vendors and districts, Korean, the inbox,
     * enabled. An id is made where none is given, the name is the id.
     *
     * @throws InvalidRecordException where there is no role
     */
    @JsonCreator
    public static Recipient of(
            @Nullable String id,
            @Nullable String name,
            @Nullable RecipientRole role,
            @Nullable Language language,
            @Nullable List<String> lines,
            @Nullable List<String> vendors,
            @Nullable List<String> districts,
            @Nullable List<RecipientChannel> channels,
            @Nullable Boolean enabled,
            @Nullable Long version) {
        if (role == null) {
            throw new InvalidRecordException(List.of(new Violation("role", null, "is required")));
        }
        return new Recipient(
                id == null ? "" : id,
                name == null ? "" : name,
                role,
                language == null ? Language.KO : language,
                lines == null ? List.of() : lines,
                vendors == null ? List.of() : vendors,
                districts == null ? List.of() : districts,
                channels == null ? List.of() : channels,
                enabled == null || enabled,
                version == null ? 0 : version);
    }

    /**
     * The channels by a name that stays: the type, from the second of a type on with its number,
     * such as {@code webhook-2}.
     */
    @JsonIgnore
    public Map<String, RecipientChannel> channelsByKey() {
        Map<String, Integer> seen = new HashMap<>();
        Map<String, RecipientChannel> keyed = new LinkedHashMap<>();
        for (RecipientChannel channel : channels) {
            int nth = seen.merge(channel.type(), 1, Integer::sum);
            keyed.put(nth == 1 ? channel.type() : channel.type() + "-" + nth, channel);
        }
        return keyed;
    }

    Recipient named(String newId) {
        return new Recipient(
                newId,
                name.isBlank() ? newId : name.strip(),
                role,
                language,
                lines,
                vendors,
                districts,
                channels,
                enabled,
                version);
    }

    Recipient with(List<RecipientChannel> newChannels, long newVersion) {
        return new Recipient(
                id,
                name,
                role,
                language,
                lines,
                vendors,
                districts,
                newChannels,
                enabled,
                newVersion);
    }
}
