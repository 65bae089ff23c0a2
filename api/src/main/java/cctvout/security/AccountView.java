package cctvout.security;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * An account as it is shown: without its password.
 *
 * @param id the name, as other resources call it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountView(
        String id,
        String name,
        AccessRole role,
        @Nullable String recipientId,
        boolean enabled,
        long version) {

    static AccountView of(Account account) {
        return new AccountView(
                account.name(),
                account.name(),
                account.role(),
                account.recipientId(),
                account.enabled(),
                account.version());
    }
}
