package cctvout.role;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The roles of this process ({@code cctvout.roles}).
 *
 * @param all at least one
 */
public record Roles(Set<Role> all) {

    public static final String SETTING = "cctvout.roles";

    public Roles {
        all = Collections.unmodifiableSet(EnumSet.copyOf(all));
    }

    /**
     * @param names any of {@code api}, {@code probe}, {@code alerting}; none means all
     * @throws IllegalArgumentException that names the setting, where one is unknown
     */
    public static Roles of(Collection<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            if (!name.isBlank()) {
                roles.add(role(name.strip()));
            }
        }
        return new Roles(roles.isEmpty() ? EnumSet.allOf(Role.class) : roles);
    }

    public boolean has(Role role) {
        return all.contains(role);
    }

    private static Role role(String name) {
        for (Role role : Role.values()) {
            if (role.label().equals(name.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        throw new UnknownRoleException(
                SETTING
                        + ": unknown role "
                        + name
                        + ", may be any of "
                        + labels(List.of(Role.values())));
    }

    private static String labels(Collection<Role> roles) {
        return roles.stream().map(Role::label).collect(Collectors.joining(","));
    }

    /** As the setting is written. */
    @Override
    public String toString() {
        return labels(all);
    }
}
