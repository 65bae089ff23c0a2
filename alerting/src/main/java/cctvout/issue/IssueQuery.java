package cctvout.issue;

import org.jspecify.annotations.Nullable;

/**
 * A filter over the issues, newest first; a null matches all.
 *
 * @param toldTo only what this recipient was told of, by itself or as one of an outage
 * @param limit 1 to {@link #MAX_LIMIT} a page
 * @param cursor {@code next} of the page before
 */
public record IssueQuery(
        @Nullable IssueStatus status,
        @Nullable IssueKind kind,
        @Nullable String camera,
        @Nullable String toldTo,
        int limit,
        @Nullable String cursor) {

    public static final int MAX_LIMIT = 1000;

    public IssueQuery(
            @Nullable IssueStatus status,
            @Nullable IssueKind kind,
            @Nullable String camera,
            int limit,
            @Nullable String cursor) {
        this(status, kind, camera, null, limit, cursor);
    }

    /**
     * @throws IllegalArgumentException that names the field and its limit
     */
    public IssueQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: not between 1 and " + MAX_LIMIT);
        }
        if (cursor != null && !cursor.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("cursor: not one that a page before gave");
        }
    }
}
