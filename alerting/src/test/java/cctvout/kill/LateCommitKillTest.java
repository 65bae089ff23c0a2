package cctvout.kill;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/**
 * Killed while PostgreSQL is at a commit: it goes through, though nobody hears of it, and does so
 * when the next life is there already.
 */
@Tag("load")
class LateCommitKillTest {

    private static final String WAIT =
            """
            create function wait_for_parent() returns trigger language plpgsql as $$
            begin perform pg_advisory_xact_lock_shared(42); return null; end $$
            """;

    /** Fired by its commit: what is written last by engine, alerting and sender. */
    private static final List<String> LAST_WRITTEN =
            List.of(
                    "insert on verdict_span",
                    "insert on issue",
                    "update of ended_seq on issue",
                    "update of sent_at on notification");

    @TempDir Path folder;

    @Test
    void whatCommitsWhenItsProcessIsDeadIsNotMadeTwice() throws SQLException {
        try (Stage stage = new Stage(folder);
                Connection parent = stage.connect();
                Statement sql = parent.createStatement()) {
            Kills kills = new Kills(stage, new Random(3));
            stage.victim.start();
            kills.settle();
            sql.execute(WAIT);
            for (String last : LAST_WRITTEN) {
                sql.execute(
                        "create constraint trigger late after %s deferrable initially deferred for each row execute function wait_for_parent()"
                                .formatted(last));
                boolean end = last.contains("ended_seq");
                kills.faultAtACommit(
                        end,
                        () -> execute(sql, "select pg_advisory_lock(42)"),
                        () -> execute(sql, "select pg_advisory_unlock(42)"));
                sql.execute("drop trigger late on " + last.substring(last.lastIndexOf(' ') + 1));
            }
            kills.verdict();
        }
    }

    private static void execute(Statement sql, String text) {
        try {
            sql.execute(text);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
