package cctvout.security;

import cctvout.record.Violation;

import com.fasterxml.jackson.annotation.JsonAlias;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an account shall be.
 *
 * @param name its id, under either word
 * @param password 8 characters to 72 bytes; null leaves it, and is refused for a new account
 */
public record AccountChange(
        @JsonAlias("id") @Nullable String name,
        @Nullable AccessRole role,
        @Nullable String recipientId,
        @Nullable Boolean enabled,
        @Nullable String password) {

    static final int SHORTEST_PASSWORD = 8;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    /** Who {@link AuditLog#source} may name: nobody's account looks like it. */
    private static final Set<String> SOURCES = Set.of("its");

    /** Empty where all is well. */
    List<Violation> violations(boolean isNew) {
        List<Violation> found = new ArrayList<>();
        if (name == null || !NAME.matcher(name).matches()) {
            found.add(
                    new Violation(
                            "name",
                            name,
                            "1 to 64 letters, digits and ._@-, the first not a mark"));
        }
        if (isNew && name != null && SOURCES.contains(name.toLowerCase(Locale.ROOT))) {
            found.add(new Violation("name", name, "is what the audit calls a source of cameras"));
        }
        if (role == null) {
            found.add(new Violation("role", null, "required"));
        }
        if ((role == AccessRole.RECIPIENT) != (recipientId != null)) {
            found.add(
                    new Violation(
                            "recipientId",
                            recipientId,
                            "required for role RECIPIENT, and only then"));
        }
        String reason = password == null ? (isNew ? "required" : null) : wrong(password);
        if (reason != null) {
            found.add(new Violation("password", null, reason));
        }
        return found;
    }

    /** What is wrong with a password; null where nothing is. */
    static @Nullable String wrong(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.length() < SHORTEST_PASSWORD || password.isBlank()) {
            return "at least " + SHORTEST_PASSWORD + " characters";
        }
        return bytes > SecuritySettings.MAX_PASSWORD_BYTES
                ? "at most " + SecuritySettings.MAX_PASSWORD_BYTES + " bytes"
                : null;
    }

    @Override
    public String toString() {
        return "AccountChange[" + name + ", " + role + "]";
    }
}
