package cctvout.policy;

import cctvout.recipient.RecipientRole;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Who is meant. With neither recipients nor roles: who answers for the fault by default.
 *
 * @param recipients ids: told whatever they answer for
 * @param roles all who have one of them and answer for the camera's line, vendor or district
 * @param channels types, of all of them; empty for every channel that they have
 */
public record Audience(List<String> recipients, List<RecipientRole> roles, List<String> channels) {

    public static final Audience RESPONSIBLE = new Audience(List.of(), List.of(), List.of());

    public Audience {
        recipients = List.copyOf(recipients);
        roles = List.copyOf(roles);
        channels = List.copyOf(channels);
    }

    /** From JSON, where all may be left out. */
    @JsonCreator
    public static Audience of(
            @Nullable List<String> recipients,
            @Nullable List<RecipientRole> roles,
            @Nullable List<String> channels) {
        return new Audience(Lists.given(recipients), Lists.given(roles), Lists.given(channels));
    }

    @JsonIgnore
    public boolean isDefault() {
        return recipients.isEmpty() && roles.isEmpty();
    }
}
