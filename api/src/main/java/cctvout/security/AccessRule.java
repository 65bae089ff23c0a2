package cctvout.security;

import java.util.Set;

/**
 * Who may use a route.
 *
 * @param method of HTTP, or {@code *}
 * @param path a pattern as routes have it, such as {@code /api/cameras/{id}}
 * @param who roles that may always
 * @param reach what a {@link AccessRole#RECIPIENT} must have been told of, to be let in as well
 */
record AccessRule(String method, String path, Set<AccessRole> who, Reach reach) {

    /** What a recipient's own account gets at. */
    enum Reach {
        /** Nothing here. */
        NONE,
        /** Its own, which the route itself sees to. */
        OWN,
        /** A camera that it was told of. */
        CAMERA,
        /** An issue that it was told of. */
        ISSUE,
        /** An outage that it was told of. */
        OUTAGE,
        /** A notice of its own. */
        NOTIFICATION
    }

    boolean lets(AccessRole role) {
        return who.contains(role);
    }
}
