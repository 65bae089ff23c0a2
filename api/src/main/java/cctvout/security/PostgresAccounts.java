package cctvout.security;

import cctvout.store.Database;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.Objects;

@Component
final class PostgresAccounts implements Accounts {

    private final Database database;

    PostgresAccounts(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Account> find(String name) {
        return database.client()
                .sql("select name, password_hash from account where name = $1")
                .bind(0, name)
                .map(
                        row ->
                                new Account(
                                        Objects.requireNonNull(row.get(0, String.class)),
                                        Objects.requireNonNull(row.get(1, String.class))))
                .one();
    }

    @Override
    public Mono<Boolean> create(Account account) {
        return database.client()
                .sql(
                        """
                        insert into account (name, password_hash) values ($1, $2)
                        on conflict do nothing""")
                .bind(0, account.name())
                .bind(1, account.passwordHash())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    @Override
    public Mono<Void> changePassword(Account account) {
        return database.client()
                .sql(
                        """
                        update account set password_hash = $2, changed_at = now()
                        where name = $1""")
                .bind(0, account.name())
                .bind(1, account.passwordHash())
                .fetch()
                .rowsUpdated()
                .then();
    }
}
