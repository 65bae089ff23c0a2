package cctvout.watchdog;

import cctvout.engine.EngineState;
import cctvout.notification.AlarmCause;
import cctvout.rows.Rows;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Table {@code engine_report}. All publishers are lazy. */
final class EngineReports {

    private static final String SAVE =
            """
            insert into engine_report
                (node, reported_at, state, explanation, cause, cameras, last_probe_at)
            values (:node, :at, :state, :explanation, :cause, :cameras, :probed)
            on conflict (node) do update set reported_at = excluded.reported_at,
                state = excluded.state, explanation = excluded.explanation,
                cause = excluded.cause, cameras = excluded.cameras,
                last_probe_at = excluded.last_probe_at
            """;

    private final Database database;

    EngineReports(Database database) {
        this.database = database;
    }

    Mono<Long> save(EngineReport report) {
        return database.client()
                .sql(SAVE)
                .bind("node", report.node())
                .bind("at", report.reportedAt())
                .bind("state", report.state().name())
                .bind("explanation", report.cause().sentence())
                .bind("cause", Rows.json(report.cause()))
                .bind("cameras", report.cameras())
                .bind("probed", report.lastProbeAt())
                .fetch()
                .rowsUpdated();
    }

    /** It has ended in good order: nobody misses it. */
    Mono<Long> remove(String node) {
        return database.client()
                .sql("delete from engine_report where node = :node")
                .bind("node", node)
                .fetch()
                .rowsUpdated();
    }

    /** Of processes that nobody has heard of since. */
    Mono<Long> forget(Instant before) {
        return database.client()
                .sql("delete from engine_report where reported_at < :before")
                .bind("before", before)
                .fetch()
                .rowsUpdated();
    }

    Mono<List<EngineReport>> all() {
        return database.client()
                .sql("select * from engine_report order by node")
                .map(EngineReports::report)
                .all()
                .collectList();
    }

    private static EngineReport report(Readable row) {
        return new EngineReport(
                Objects.requireNonNull(row.get("node", String.class)),
                Objects.requireNonNull(row.get("reported_at", Instant.class)),
                EngineState.valueOf(Objects.requireNonNull(row.get("state", String.class))),
                cause(row),
                Objects.requireNonNull(row.get("cameras", Integer.class)),
                Objects.requireNonNull(row.get("last_probe_at", Instant.class)));
    }

    /** An earlier version writes the sentence alone, and leaves beside it what stood there. */
    private static AlarmCause cause(Readable row) {
        String sentence = Objects.requireNonNull(row.get("explanation", String.class));
        String json = row.get("cause", String.class);
        AlarmCause cause = json == null ? null : Rows.read(json, AlarmCause.class);
        return cause != null && cause.sentence().equals(sentence)
                ? cause
                : AlarmCause.unworded(sentence);
    }
}
