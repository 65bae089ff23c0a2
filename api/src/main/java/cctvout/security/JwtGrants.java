package cctvout.security;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a believed token's claims mean here. Pure. */
final class JwtGrants {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,200}");

    private final OidcSettings settings;

    JwtGrants(OidcSettings settings) {
        this.settings = settings;
    }

    /** Null where it names nobody. */
    @Nullable String name(Map<String, Object> claims) {
        String named = text(claims.get(settings.nameClaim()));
        return named == null ? text(claims.get("sub")) : named;
    }

    /** The greatest that is granted, and {@code RECIPIENT} only where nothing else is. */
    @Nullable AccessRole role(Map<String, Object> claims) {
        AccessRole greatest = null;
        for (Object granted : values(at(claims, settings.roleClaim()))) {
            AccessRole role = settings.roles().get(String.valueOf(granted));
            if (role != null && (greatest == null || outranks(role, greatest))) {
                greatest = role;
            }
        }
        return greatest;
    }

    private static boolean outranks(AccessRole role, AccessRole other) {
        return other == AccessRole.RECIPIENT
                || role != AccessRole.RECIPIENT && role.compareTo(other) > 0;
    }

    @Nullable String recipient(Map<String, Object> claims) {
        return text(at(claims, settings.recipientClaim()));
    }

    /** A claim by its whole name, else by a path of names. */
    private static @Nullable Object at(Map<String, Object> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        Object value = claims;
        for (String step : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return value;
    }

    /** A list, or the words of a text as {@code scope} has them. */
    private static Collection<?> values(@Nullable Object claim) {
        return switch (claim) {
            case Collection<?> all -> all;
            case String words -> List.of(words.split(" "));
            case null, default -> List.of();
        };
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim instanceof String text && NAME.matcher(text).matches() ? text : null;
    }
}
