package cctvout.security;

import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;

/** The stored tokens, in PostgreSQL. All publishers are lazy. */
@Component
final class AccessTokens {

    private static final String COLUMNS =
            "id, account, name, role, created_at, expires_at, last_used_at";

    private final Database database;

    AccessTokens(Database database) {
        this.database = database;
    }

    /** Empty where there is none of that id, or its secret is another one. */
    Mono<AccessToken> find(AccessToken.Shown shown) {
        return database.client()
                .sql("select " + COLUMNS + " from access_token where id = $1 and digest = $2")
                .bind(0, shown.id())
                .bind(1, shown.digest())
                .map(AccessTokens::token)
                .one();
    }

    /** Newest first. */
    Flux<AccessToken> of(String account) {
        return database.client()
                .sql(
                        "select "
                                + COLUMNS
                                + " from access_token where account = $1 order by created_at desc")
                .bind(0, account)
                .map(AccessTokens::token)
                .all();
    }

    /** Newest first. */
    Flux<AccessToken> all() {
        return database.client()
                .sql("select " + COLUMNS + " from access_token order by created_at desc")
                .map(AccessTokens::token)
                .all();
    }

    /** False where the account has {@code most} already. */
    Mono<Boolean> create(AccessToken token, byte[] digest, int most) {
        return database.client()
                .sql(
                        """
                        insert into access_token
                            (id, account, name, role, digest, created_at, expires_at)
                        select :id, :account, :name, :role, :digest, :created, :expires
                        where (select count(*) from access_token where account = :account) < :most
                        """)
                .bind("id", token.id())
                .bind("account", token.account())
                .bind("name", token.name())
                .bind("role", token.role().name())
                .bind("digest", digest)
                .bind("created", token.createdAt())
                .bind("expires", token.expiresAt())
                .bind("most", most)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Its name and its end; false where there is none of that id. */
    Mono<Boolean> change(AccessToken token) {
        return database.client()
                .sql("update access_token set name = $2, expires_at = $3 where id = $1")
                .bind(0, token.id())
                .bind(1, token.name())
                .bind(2, token.expiresAt())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** False where there is none of that id. */
    Mono<Boolean> delete(String id) {
        return database.client()
                .sql("delete from access_token where id = $1")
                .bind(0, id)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Noted once a minute at most: a busy script must not write with each request. */
    Mono<Void> used(String id, Instant now) {
        return database.client()
                .sql(
                        """
                        update access_token set last_used_at = $2
                        where id = $1 and (last_used_at is null or last_used_at < $3)""")
                .bind(0, id)
                .bind(1, now)
                .bind(2, now.minusSeconds(60))
                .then();
    }

    private static AccessToken token(Readable row) {
        return new AccessToken(
                Columns.text(row, "id"),
                Columns.text(row, "account"),
                Columns.text(row, "name"),
                AccessRole.valueOf(Columns.text(row, "role")),
                Columns.required(row, "created_at", Instant.class),
                Columns.required(row, "expires_at", Instant.class),
                row.get("last_used_at", Instant.class));
    }
}
