package cctvout.recipient;

import cctvout.record.InvalidRecordException;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;
import cctvout.record.Violation;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Table {@code recipient}. */
public final class PostgresRecipients implements Recipients {

    private static final int MAX_PAGE = 1000;

    private static final String INSERT =
            """
            insert into recipient
                (id, name, role, language, lines, vendors, districts, channels, enabled, version)
            select :id, :name, :role, :language, :lines, :vendors, :districts, :channels, :enabled,
                :version
            where (select count(*) from recipient) < :max
            on conflict do nothing
            """;

    private static final String UPDATE =
            """
            update recipient set name = :name, role = :role, language = :language, lines = :lines,
                vendors = :vendors, districts = :districts, channels = :channels,
                enabled = :enabled, version = :version
            where id = :id
            """;

    private final Database database;
    private final RecipientRules rules;
    private final Supplier<String> newId;

    public PostgresRecipients(Database database, RecipientRules rules, Supplier<String> newId) {
        this.database = database;
        this.rules = rules;
        this.newId = newId;
    }

    @Override
    public Mono<Recipient> find(String id) {
        return select("where id = :id").bind("id", id).map(PostgresRecipients::recipient).one();
    }

    @Override
    public Mono<Page> list(int limit, @Nullable String after) {
        if (limit < 1 || limit > MAX_PAGE) {
            return Mono.error(new IllegalArgumentException("limit: not between 1 and " + MAX_PAGE));
        }
        return select("where id > :after order by id limit :limit")
                .bind("after", after == null ? "" : after)
                .bind("limit", limit + 1)
                .map(PostgresRecipients::recipient)
                .all()
                .collectList()
                .map(
                        found -> {
                            List<Recipient> shown = found.subList(0, Math.min(limit, found.size()));
                            return new Page(
                                    List.copyOf(shown),
                                    found.size() > limit ? shown.getLast().id() : null);
                        });
    }

    @Override
    public Mono<List<Recipient>> find(Collection<String> ids) {
        return select("where id = any(:ids)")
                .bind("ids", ids.toArray(String[]::new))
                .map(PostgresRecipients::recipient)
                .all()
                .collectList();
    }

    @Override
    public Mono<List<Recipient>> all() {
        return select("order by id").map(PostgresRecipients::recipient).all().collectList();
    }

    @Override
    public Mono<Recipient> create(Recipient recipient) {
        return Mono.defer(
                () -> {
                    Recipient named =
                            recipient.named(
                                    recipient.id().isEmpty() ? newId.get() : recipient.id());
                    Recipient fresh =
                            named.with(KeptSecrets.of(named, named.with(List.of(), 0)), 1);
                    rules.check(fresh);
                    return insert(fresh);
                });
    }

    private Mono<Recipient> insert(Recipient fresh) {
        return bound(database.client().sql(INSERT), fresh)
                .bind("max", MAX)
                .fetch()
                .rowsUpdated()
                .flatMap(
                        rows ->
                                rows == 1
                                        ? Mono.just(fresh)
                                        : find(fresh.id())
                                                .flatMap(PostgresRecipients::exists)
                                                .switchIfEmpty(Mono.error(tooMany())));
    }

    private static Mono<Recipient> exists(Recipient stored) {
        return Mono.error(new RecordExistsException("recipient", stored.id()));
    }

    private static InvalidRecordException tooMany() {
        return new InvalidRecordException(
                List.of(new Violation("id", null, "more than " + MAX + " recipients")));
    }

    @Override
    public Mono<Recipient> update(Recipient recipient, OptionalLong expectedVersion) {
        Mono<Recipient> work =
                lock(recipient.id(), expectedVersion)
                        .flatMap(
                                stored -> {
                                    Recipient named = recipient.named(stored.id());
                                    Recipient wanted =
                                            named.with(
                                                    KeptSecrets.of(named, stored),
                                                    stored.version());
                                    rules.check(wanted);
                                    return wanted.equals(stored)
                                            ? Mono.just(stored)
                                            : replaced(wanted);
                                });
        return database.inTransaction(work);
    }

    private Mono<Recipient> replaced(Recipient wanted) {
        Recipient changed = wanted.with(wanted.channels(), wanted.version() + 1);
        return bound(database.client().sql(UPDATE), changed).then().thenReturn(changed);
    }

    @Override
    public Mono<Boolean> delete(String id, OptionalLong expectedVersion) {
        Mono<Boolean> work =
                lock(id, expectedVersion)
                        .flatMap(
                                _ ->
                                        database.client()
                                                .sql("delete from recipient where id = :id")
                                                .bind("id", id)
                                                .fetch()
                                                .rowsUpdated()
                                                .map(rows -> rows == 1))
                        .defaultIfEmpty(false);
        return database.inTransaction(work);
    }

    private Mono<Recipient> lock(String id, OptionalLong expectedVersion) {
        return select("where id = :id for update")
                .bind("id", id)
                .map(PostgresRecipients::recipient)
                .one()
                .flatMap(
                        stored ->
                                expectedVersion.isPresent()
                                                && expectedVersion.getAsLong() != stored.version()
                                        ? Mono.error(
                                                new StaleRecordException(
                                                        "recipient",
                                                        id,
                                                        expectedVersion.getAsLong(),
                                                        stored.version()))
                                        : Mono.just(stored));
    }

    private GenericExecuteSpec select(String rest) {
        return database.client().sql("select * from recipient " + rest);
    }

    private static GenericExecuteSpec bound(GenericExecuteSpec sql, Recipient recipient) {
        return sql.bind("id", recipient.id())
                .bind("name", recipient.name())
                .bind("role", recipient.role().name())
                .bind("language", recipient.language().name())
                .bind("lines", recipient.lines().toArray(String[]::new))
                .bind("vendors", recipient.vendors().toArray(String[]::new))
                .bind("districts", recipient.districts().toArray(String[]::new))
                .bind("channels", StoredChannels.write(recipient.channels()))
                .bind("enabled", recipient.enabled())
                .bind("version", recipient.version());
    }

    private static Recipient recipient(Readable row) {
        return new Recipient(
                text(row, "id"),
                text(row, "name"),
                RecipientRole.valueOf(text(row, "role")),
                Language.valueOf(text(row, "language")),
                list(row, "lines"),
                list(row, "vendors"),
                list(row, "districts"),
                StoredChannels.read(text(row, "channels")),
                Boolean.TRUE.equals(row.get("enabled", Boolean.class)),
                Objects.requireNonNull(row.get("version", Long.class)));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }

    private static List<String> list(Readable row, String column) {
        return List.of(Objects.requireNonNull(row.get(column, String[].class), column));
    }
}
