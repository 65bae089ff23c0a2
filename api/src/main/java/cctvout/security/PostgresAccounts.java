package cctvout.security;

import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Component
final class PostgresAccounts implements Accounts {

    private static final String COLUMNS =
            "name, password_hash, role, recipient_id, enabled, version";

    private final Database database;

    PostgresAccounts(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Account> find(String name) {
        return database.client()
                .sql("select " + COLUMNS + " from account where name = $1")
                .bind(0, name)
                .map(PostgresAccounts::account)
                .one();
    }

    @Override
    public Flux<Account> all() {
        return database.client()
                .sql("select " + COLUMNS + " from account order by name")
                .map(PostgresAccounts::account)
                .all();
    }

    @Override
    public Mono<Boolean> create(Account account) {
        var insert =
                database.client()
                        .sql(
                                """
                                insert into account (name, password_hash, role, recipient_id, enabled)
                                values (:name, :hash, :role, :recipient, :enabled)
                                on conflict do nothing""")
                        .bind("name", account.name())
                        .bind("hash", account.passwordHash())
                        .bind("role", account.role().name())
                        .bind("enabled", account.enabled());
        return bound(insert, "recipient", account.recipientId())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    @Override
    public Mono<Void> changePassword(String name, String passwordHash) {
        return database.client()
                .sql(
                        """
                        update account
                        set password_hash = $2, changed_at = now(), version = version + 1
                        where name = $1""")
                .bind(0, name)
                .bind(1, passwordHash)
                .fetch()
                .rowsUpdated()
                .then();
    }

    @Override
    public Mono<Account> update(Account account, @Nullable String passwordHash) {
        var update =
                database.client()
                        .sql(
                                """
                                update account
                                set role = :role, recipient_id = :recipient, enabled = :enabled,
                                    password_hash = coalesce(:hash, password_hash),
                                    changed_at = now(), version = version + 1
                                where name = :name and version = :version
                                returning\s"""
                                        + COLUMNS)
                        .bind("name", account.name())
                        .bind("version", account.version())
                        .bind("role", account.role().name())
                        .bind("enabled", account.enabled());
        return bound(bound(update, "recipient", account.recipientId()), "hash", passwordHash)
                .map(PostgresAccounts::account)
                .one();
    }

    @Override
    public Mono<Long> disableOf(String recipientId) {
        return database.client()
                .sql(
                        """
                        update account
                        set enabled = false, changed_at = now(), version = version + 1
                        where recipient_id = $1 and enabled""")
                .bind(0, recipientId)
                .fetch()
                .rowsUpdated();
    }

    @Override
    public Mono<Boolean> delete(String name, long version) {
        return database.client()
                .sql("delete from account where name = $1 and version = $2")
                .bind(0, name)
                .bind(1, version)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static GenericExecuteSpec bound(
            GenericExecuteSpec sql, String name, @Nullable String value) {
        return value == null ? sql.bindNull(name, String.class) : sql.bind(name, value);
    }

    private static Account account(Readable row) {
        return new Account(
                Columns.text(row, "name"),
                Columns.text(row, "password_hash"),
                AccessRole.valueOf(Columns.text(row, "role")),
                row.get("recipient_id", String.class),
                Columns.required(row, "enabled", Boolean.class),
                Columns.required(row, "version", Long.class));
    }
}
