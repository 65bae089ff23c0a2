package cctvout.kill;

import java.util.function.Predicate;

/**
 * Where a kill can fall between a result and the mark that its notice was sent, in their order.
 * Each is known by the statements that PostgreSQL was or is about to be asked.
 */
enum Step {
    /** The verdict is confirmed, in memory alone. */
    RESULT_DECIDED(at -> at.isBefore(Statements.TAKE_TRANSITION)),
    TRANSITION_WRITTEN(at -> at.isAfter(Statements.WRITE_TRANSITION)),
    /** Committed, and the engine has not heard of it. */
    TRANSITION_STORED(at -> at.isCommitOf(Statements.WRITE_TRANSITION)),
    /** Alerting has read it and knows what follows, in memory alone. */
    LOG_READ(at -> at.isBefore(Statements.MOVE_CURSOR)),
    CURSOR_MOVED(at -> at.isAfter(Statements.MOVE_CURSOR)),
    ISSUE_WRITTEN(at -> at.isAfter(Statements.WRITE_ISSUE) && at.ran(Statements.MOVE_CURSOR)),
    NOTICE_WRITTEN(at -> at.isAfter(Statements.WRITE_NOTICE) && at.ran(Statements.MOVE_CURSOR)),
    /** Cursor, issue and notice are committed. */
    ROUND_STORED(at -> at.isCommitOf(Statements.MOVE_CURSOR) && at.ran(Statements.WRITE_NOTICE)),
    CLAIM_WRITTEN(at -> at.isAfter(Statements.CLAIM)),
    /** The notice is the sender's, and was not sent. */
    CLAIM_STORED(at -> at.isCommitOf(Statements.CLAIM)),
    /** The receiver has it, and has not answered: the receiver says so, not the database. */
    SENT(_ -> false),
    /** The receiver's answer is here, the mark is not begun. */
    ANSWERED(at -> at.isBefore(Statements.MARK)),
    MARK_WRITTEN(at -> at.isAfter(Statements.WRITE_NOTICE) && at.ran(Statements.MARK)),
    MARK_STORED(at -> at.isCommitOf(Statements.MARK) && at.ran(Statements.WRITE_NOTICE));

    private final Predicate<Moment> reached;

    Step(Predicate<Moment> reached) {
        this.reached = reached;
    }

    boolean isAt(Moment moment) {
        return reached.test(moment);
    }

    /** The receiver has the notice, its row does not say so: the notice comes again. */
    boolean isBetweenSendAndMark() {
        return this == SENT || this == ANSWERED || this == MARK_WRITTEN;
    }

    private static final class Statements {
        static final String TAKE_TRANSITION = "from unnest(:ids) as asked (id)";
        static final String WRITE_TRANSITION = "insert into verdict_span";
        static final String MOVE_CURSOR = "update log_cursor set seq";
        static final String WRITE_ISSUE = "insert into issue ";
        static final String WRITE_NOTICE = "insert into notification ";
        static final String CLAIM = "update notification set lease";
        static final String MARK = "digest_id = any(:ids)) order by id for update";
    }
}
