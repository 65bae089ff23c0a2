package cctvout.e2e;

import static cctvout.e2e.ShardStage.BOUND;
import static cctvout.e2e.ShardStage.CAMERAS;
import static cctvout.e2e.ShardStage.FLIPS;
import static cctvout.e2e.ShardStage.report;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks in the database at what was probed and found while some cameras flipped once. */
final class ShardVerdicts {

    private final Sql sql;
    private final String begin;
    private final String first;

    /**
     * @param begin from when on
     * @param first the last number of the log before it
     */
    ShardVerdicts(Sql sql, String begin, String first) {
        this.sql = sql;
        this.begin = begin;
        this.first = first;
    }

    void judge() throws Exception {
        report(
                "checks by second of gap to the one before: %s",
                sql.text(
                        """
                        select string_agg(gap || ' s: ' || n, ', ' order by gap) from (
                            select (extract(epoch from gap) / 10)::int * 10 as gap, count(*) as n
                            from (%s) g group by 1) h
                        """
                                .formatted(gaps(begin))));
        double longest =
                Double.parseDouble(
                        sql.text(
                                "select max(extract(epoch from gap))::text from (%s) g"
                                        .formatted(gaps(begin))));
        report("longest without a check: %.1f s of %d s", longest, BOUND.toSeconds());
        report(
                "bytes a stored check, with its index: %s",
                sql.text(
                        """
                        select (sum(pg_total_relation_size(inhrelid)) / (select count(*) from measurement))::int::text
                        from pg_inherits where inhparent = 'measurement'::regclass
                        """));
        report(
                "transitions: %s",
                sql.text(
                        """
                        select string_agg(step || ' ' || n, ', ' order by step) from (
                            select (body::json ->> 'from') || '>' || (body::json ->> 'to') as step, count(*) as n
                            from event_log where type = 'transition' and seq > %s group by 1) s
                        """
                                .formatted(first)));
        String steps =
                """
                select camera_id, string_agg((body::json ->> 'from') || '>' || (body::json ->> 'to'), ' ' order by seq) as steps
                from event_log where type = 'transition' and seq > %s group by 1
                """
                        .formatted(first);
        String flipped = "HEALTHY>CAMERA_FAULT CAMERA_FAULT>HEALTHY";
        assertThat(
                        sql.text(
                                """
                                select coalesce(string_agg(camera_id || ' ' || steps, '; '), '') from (%s) s
                                where steps <> '%s' or regexp_replace(camera_id, '\\D', '', 'g')::int %% %d <> 0
                                """
                                        .formatted(steps, flipped, FLIPS)))
                .as("false or doubled transitions")
                .isEmpty();
        assertThat(sql.text("select count(*)::text from (%s) s".formatted(steps)))
                .as("cameras whose flips were all seen")
                .isEqualTo(Integer.toString(CAMERAS / FLIPS));
        assertThat(longest).isLessThan(BOUND.toSeconds());
    }

    /** Of each camera, between its checks since then, and from its last one until now. */
    private static String gaps(String begin) {
        return """
               select checked_at - lag(checked_at) over (partition by camera order by checked_at) as gap
               from (select camera, checked_at from measurement where checked_at > '%1$s'::timestamptz
                     union all select key, '%1$s'::timestamptz from camera_key
                     union all select key, now() from camera_key) all_checks
               """
                .formatted(begin);
    }
}
