package cctvout.kill;

import java.util.List;

/**
 * A point in the talk with PostgreSQL.
 *
 * @param sql of the statement that is about to run or has run; empty at a commit
 * @param ran all statements of the transaction so far
 */
record Moment(Kind kind, String sql, List<String> ran) {

    enum Kind {
        BEFORE,
        AFTER,
        COMMITTED
    }

    boolean isBefore(String text) {
        return kind == Kind.BEFORE && sql.contains(text);
    }

    boolean isAfter(String text) {
        return kind == Kind.AFTER && sql.contains(text);
    }

    boolean isCommitOf(String text) {
        return kind == Kind.COMMITTED && ran(text);
    }

    boolean ran(String text) {
        return ran.stream().anyMatch(one -> one.contains(text));
    }
}
