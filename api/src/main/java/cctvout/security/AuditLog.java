package cctvout.security;

import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Who changed what, in PostgreSQL; written in batches behind the answers. While the database is
 * away nothing can be changed either, so that little waits; past {@code
 * cctvout.security.audit-buffer} entries go to the log file alone.
 */
public final class AuditLog implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final int BATCH = 500;
    private static final String NOBODY = "?";

    private final Database database;
    private final int buffer;
    private final Duration keep;
    private final Deque<AuditEntry> waiting = new ArrayDeque<>();
    private Disposable running = Disposables.disposed();

    AuditLog(Database database, int buffer, Duration keep) {
        this.database = database;
        this.buffer = buffer;
        this.keep = keep;
    }

    /** Any thread; never blocks. */
    void note(AuditEntry entry) {
        boolean kept;
        synchronized (waiting) {
            kept = waiting.size() < buffer && waiting.add(entry);
        }
        if (!kept) {
            log.warn("audit, not stored (cctvout.security.audit-buffer): {}", entry);
        }
    }

    /**
     * A login that was refused. Any thread; never blocks.
     *
     * @param account null where there is no such one: what was given may be a password that went
     *     into the wrong field
     */
    void refusedLogin(@Nullable String account, String address) {
        String who = account == null ? NOBODY : account;
        note(new AuditEntry(0, Instant.now(), who, null, address, "POST", "/login", 401));
    }

    /**
     * Cameras that a source changed by itself, at nobody's request. Any thread; never blocks.
     *
     * @param source as {@code GET /api/sources} names it
     * @param host that it was read from
     * @param changes such as {@code created=3&updated=1}
     */
    public void source(String source, String host, String changes) {
        String path = "/api/sources/" + source + "?" + changes;
        note(new AuditEntry(0, Instant.now(), source, null, host, "POST", path, 200));
    }

    /**
     * Newest first. Lazy.
     *
     * @param before of an older entry alone; null begins with the newest
     * @param account of one alone; null for all
     * @param path what the path holds; null for any
     */
    public Mono<List<AuditEntry>> list(
            @Nullable Long before, @Nullable String account, @Nullable String path, int limit) {
        return database.client()
                .sql(
                        """
                        select * from audit_entry
                        where seq < :before and (:account = '' or account = :account)
                            and position(:path in path) > 0
                        order by seq desc limit :limit""")
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("account", account == null ? "" : account)
                .bind("path", path == null ? "" : path)
                .bind("limit", limit)
                .map(AuditLog::entry)
                .all()
                .collectList();
    }

    /** Writes what waits; lazy. */
    Mono<Void> flush() {
        return Mono.defer(
                () -> {
                    List<AuditEntry> batch = take();
                    return batch.isEmpty()
                            ? Mono.empty()
                            : write(batch)
                                    .onErrorResume(
                                            away -> {
                                                log.warn("audit waits: {}", away.toString());
                                                putBack(batch);
                                                return Mono.empty();
                                            });
                });
    }

    private List<AuditEntry> take() {
        synchronized (waiting) {
            List<AuditEntry> batch = new ArrayList<>();
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
        }
    }

    private void putBack(List<AuditEntry> batch) {
        synchronized (waiting) {
            for (AuditEntry entry : batch.reversed()) {
                waiting.addFirst(entry);
            }
        }
    }

    private Mono<Void> write(List<AuditEntry> batch) {
        return database.client()
                .sql(
                        """
                        insert into audit_entry
                            (at, account, token_id, address, method, path, status)
                        select * from unnest(:at::timestamptz[], :account::text[], :token::text[],
                            :address::text[], :method::text[], :path::text[], :status::int[])""")
                .bind("at", batch.stream().map(AuditEntry::at).toArray(Instant[]::new))
                .bind("account", texts(batch, AuditEntry::account))
                .bind("token", texts(batch, AuditEntry::tokenId))
                .bind("address", texts(batch, AuditEntry::address))
                .bind("method", texts(batch, AuditEntry::method))
                .bind("path", texts(batch, AuditEntry::path))
                .bind("status", batch.stream().map(AuditEntry::status).toArray(Integer[]::new))
                .then();
    }

    private static @Nullable String[] texts(
            List<AuditEntry> batch,
            java.util.function.Function<AuditEntry, @Nullable String> field) {
        return batch.stream().map(field).toArray(String[]::new);
    }

    private Mono<Void> clean() {
        return database.client()
                .sql("delete from audit_entry where at < :before")
                .bind("before", Instant.now().minus(keep))
                .then()
                .onErrorComplete();
    }

    private static AuditEntry entry(Readable row) {
        return new AuditEntry(
                Columns.number(row, "seq"),
                Columns.required(row, "at", Instant.class),
                Columns.text(row, "account"),
                row.get("token_id", String.class),
                Columns.text(row, "address"),
                Columns.text(row, "method"),
                Columns.text(row, "path"),
                Columns.required(row, "status", Integer.class));
    }

    @Override
    public void start() {
        running =
                Disposables.composite(
                        Flux.interval(EVERY)
                                .onBackpressureDrop()
                                .concatMap(_ -> flush(), 1)
                                .subscribe(_ -> {}, bug -> log.error("No audit any more", bug)),
                        Flux.interval(Duration.ofMinutes(1), Duration.ofHours(1))
                                .onBackpressureDrop()
                                .concatMap(_ -> clean(), 1)
                                .subscribe(_ -> {}, bug -> log.error("Audit grows", bug)));
    }

    @Override
    public void stop(Runnable callback) {
        running.dispose();
        flush().timeout(Duration.ofSeconds(5))
                .onErrorComplete()
                .doFinally(_ -> callback.run())
                .subscribe();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
