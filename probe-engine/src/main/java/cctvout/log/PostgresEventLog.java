package cctvout.log;

import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.Tail;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The log in PostgreSQL. Its head is one row, locked from the first number given until commit: so
 * numbers become visible in their order, and a reader who has seen n never misses one below it.
 */
public final class PostgresEventLog implements EventLog {

    private static final String CHANNEL = "event_log";
    private static final String WHAT = "the event log";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int PAGE = 1000;

    /** Numbers looked through at once where only some types are wanted. */
    private static final int SPAN = 20_000;

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
        // word for word as the index of them has it, or it is not used
        boolean transitions = types.size() == 1 && types.contains(LogEntry.TRANSITION);
        boolean chosen = !types.isEmpty() && !transitions;
        String wanted =
                transitions ? " and type = 'transition'" : chosen ? " and type = any(:types)" : "";
        var query =
                database.client()
                        .sql(
                                "select * from event_log where seq > :after"
                                        + wanted
                                        + " order by seq limit :limit")
                        .bind("after", after)
                        .bind("limit", limit);
        if (chosen) {
            query = query.bind("types", types.toArray(String[]::new));
        }
        return query.map(PostgresEventLog::entry).all().collectList();
    }

    @Override
    public Flux<LogEntry> follow(long after, Collection<String> types) {
        return types.isEmpty()
                ? new Tail<LogEntry>(WHAT, wakeUps(), POLL, PAGE, this::all, LogEntry::seq)
                        .after(after)
                : new Tail<LogEntry>(WHAT, wakeUps(), POLL, from -> span(from, types)).after(after);
    }

    private Mono<List<LogEntry>> all(long after) {
        return read(after, Set.of(), PAGE);
    }

    /**
     * What is wanted of the next numbers, and how far they went: where nothing of these types was
     * appended the next look begins at the head all the same. Head and entries are of one snapshot,
     * and up to the head all is committed.
     */
    private Mono<Tail.Page<LogEntry>> span(long after, Collection<String> types) {
        return database.client()
                .sql(
                        """
                        select h.seq as head, e.* from (select seq from log_head where name = 'event') h
                        left join lateral (
                            select * from event_log
                            where seq > :after and seq <= least(h.seq, :after + :span) and type = any(:types)
                            order by seq limit :limit) e on true
                        """)
                .bind("after", after)
                .bind("span", (long) SPAN)
                .bind("types", types.toArray(String[]::new))
                .bind("limit", PAGE)
                .map(PostgresEventLog::seen)
                .all()
                .collectList()
                .map(rows -> page(after, rows));
    }

    /** A row of a span; the entry is null where there was none. */
    private record Seen(long head, @Nullable LogEntry entry) {}

    private static Seen seen(Readable row) {
        return new Seen(
                Columns.number(row, "head"),
                row.get("body", String.class) == null ? null : entry(row));
    }

    private static Tail.Page<LogEntry> page(long after, List<Seen> rows) {
        List<LogEntry> entries = rows.stream().map(Seen::entry).filter(Objects::nonNull).toList();
        long head = rows.isEmpty() ? after : rows.getFirst().head();
        long through =
                entries.size() == PAGE
                        ? entries.getLast().seq()
                        : Math.max(after, Math.min(head, after + SPAN));
        return new Tail.Page<>(entries, through, through < head);
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
