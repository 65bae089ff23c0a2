package cctvout.history;

import cctvout.camera.CameraId;
import cctvout.status.Verdict;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A row a camera, its spans as arrays: hundreds of thousands of spans are a few thousand rows of
 * the driver.
 */
final class PostgresVerdictHistory implements VerdictHistory {

    private static final int PAGE = 2000;
    private static final long LASTS = -1;
    private static final Verdict[] VERDICTS = {
        Verdict.HEALTHY,
        Verdict.DEGRADED,
        Verdict.LINE_FAULT,
        Verdict.CAMERA_FAULT,
        Verdict.STREAM_SERVER_FAULT,
        Verdict.UNKNOWN
    };

    private final Database database;

    PostgresVerdictHistory(Database database) {
        this.database = database;
    }

    @Override
    public Flux<CameraVerdicts> verdicts(Interval period) {
        return page("", period)
                .expand(
                        page ->
                                page.size() < PAGE
                                        ? Mono.empty()
                                        : page(page.getLast().id().value(), period))
                .concatMapIterable(page -> page, 1);
    }

    // Microseconds since 1970, in the order of the index.
    private Mono<List<CameraVerdicts>> page(String after, Interval period) {
        return database.client()
                .sql(
                        """
                        select c.id, c.name, c.line, c.site, c.district, c.vendor, c.removed,
                               s.began, s.ended, s.verdict
                        from (select * from camera where id > :after order by id limit :page) c,
                        lateral (
                            select array_agg(round(date_part('epoch', v.began) * 1000000)::bigint) as began,
                                   array_agg(case when v.ended = 'infinity' then -1
                                       else round(date_part('epoch', v.ended) * 1000000)::bigint end) as ended,
                                   array_agg(v.verdict::integer) as verdict
                            from (select began, ended, verdict from verdict_span
                                  where camera_id = c.id and ended > :from and began < :to
                                  order by ended, began) v) s
                        order by c.id
                        """)
                .bind("after", after)
                .bind("page", PAGE)
                .bind("from", period.from())
                .bind("to", period.to())
                .map(PostgresVerdictHistory::camera)
                .all()
                .collectList();
    }

    private static CameraVerdicts camera(Readable row) {
        return new CameraVerdicts(
                new CameraId(Columns.text(row, "id")),
                row.get("name", String.class),
                row.get("line", String.class),
                row.get("site", String.class),
                row.get("district", String.class),
                row.get("vendor", String.class),
                Columns.flag(row, "removed"),
                spans(row));
    }

    private static List<VerdictSpan> spans(Readable row) {
        Long[] began = row.get("began", Long[].class);
        if (began == null) {
            return List.of();
        }
        Long[] ended = Columns.required(row, "ended", Long[].class);
        Integer[] verdict = Columns.required(row, "verdict", Integer[].class);
        List<VerdictSpan> spans = new ArrayList<>(began.length);
        for (int i = 0; i < began.length; i++) {
            spans.add(
                    new VerdictSpan(
                            VERDICTS[verdict[i] - 1],
                            instant(began[i]),
                            ended[i] == LASTS ? Instant.MAX : instant(ended[i])));
        }
        return spans;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
