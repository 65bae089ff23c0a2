package cctvout.log;

import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.Tail;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The log in PostgreSQL. Its head is one row, locked from the first number given until commit: so
 * numbers become visible in their order, and a reader who has seen n never misses one below it.
 */
public final class PostgresEventLog implements EventLog {

    private static final String CHANNEL = "event_log";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int PAGE = 1000;

    private final Database database;

    public PostgresEventLog(Database database) {
        this.database = database;
    }

    @Override
    public Mono<List<Long>> append(List<LogEntry.Draft> drafts) {
        if (drafts.isEmpty()) {
            return Mono.just(List.of());
        }
        return reserve(drafts.size())
                .flatMap(
                        first -> {
                            List<Long> numbers =
                                    LongStream.range(first, first + drafts.size()).boxed().toList();
                            return insert(numbered(drafts, numbers)).thenReturn(numbers);
                        });
    }

    private static List<LogEntry> numbered(List<LogEntry.Draft> drafts, List<Long> numbers) {
        List<LogEntry> entries = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            LogEntry.Draft draft = drafts.get(i);
            entries.add(
                    new LogEntry(
                            numbers.get(i),
                            draft.type(),
                            draft.subject(),
                            draft.cameraId(),
                            draft.body(),
                            draft.at()));
        }
        return entries;
    }

    /** Takes numbers, and the head until commit: the first of them. Inside a transaction. */
    public Mono<Long> reserve(int numbers) {
        return database.client()
                .sql("update log_head set seq = seq + :n where name = 'event' returning seq")
                .bind("n", (long) numbers)
                .map(row -> Columns.number(row, "seq") - numbers + 1)
                .one();
    }

    /**
     * Writes entries whose numbers were reserved in this transaction, and wakes the readers at its
     * commit.
     */
    public Mono<Void> insert(List<LogEntry> entries) {
        return database.client()
                .sql(
                        """
                        with added as (
                            insert into event_log (seq, type, subject, camera_id, body, at)
                            select seq, type, subject, "cameraId", body, at
                            from json_to_recordset(:rows::json) as r (
                                seq bigint, type text, subject text, "cameraId" text, body text, at timestamptz)
                            returning seq)
                        select pg_notify('event_log', max(seq)::text) from added
                        """)
                .bind("rows", Json.write(entries))
                .fetch()
                .all()
                .then();
    }

    @Override
    public Mono<Long> head() {
        return database.client()
                .sql("select seq from log_head where name = 'event'")
                .map(row -> Columns.number(row, "seq"))
                .one();
    }

    @Override
    public Mono<List<LogEntry>> read(long after, Collection<String> types, int limit) {
        String wanted = types.isEmpty() ? "" : " and type = any(:types)";
        var query =
                database.client()
                        .sql(
                                "select * from event_log where seq > :after"
                                        + wanted
                                        + " order by seq limit :limit")
                        .bind("after", after)
                        .bind("limit", limit);
        if (!types.isEmpty()) {
            query = query.bind("types", types.toArray(String[]::new));
        }
        return query.map(PostgresEventLog::entry).all().collectList();
    }

    @Override
    public Flux<LogEntry> follow(long after, Collection<String> types) {
        return new Tail<>(
                        "the event log",
                        wakeUps(),
                        POLL,
                        PAGE,
                        seq -> read(seq, types, PAGE),
                        LogEntry::seq)
                .after(after);
    }

    @Override
    public Flux<Long> wakeUps() {
        return database.notifications(CHANNEL)
                .map(payload -> payload.isEmpty() ? 0L : Long.parseLong(payload));
    }

    static LogEntry entry(Readable row) {
        return new LogEntry(
                Columns.number(row, "seq"),
                Columns.text(row, "type"),
                Columns.text(row, "subject"),
                row.get("camera_id", String.class),
                Columns.text(row, "body"),
                Columns.required(row, "at", Instant.class));
    }
}
