package cctvout.security;

import cctvout.store.Columns;
import cctvout.store.Database;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pages that are signed in, in PostgreSQL: any process that serves the page knows them, also
 * after a restart. All publishers are lazy.
 */
@Component
final class LoginSessions {

    /** A session's use is written so often at most. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private final Database database;
    private final Duration idle;
    private final Duration life;
    private final int most;

    LoginSessions(Database database, SecuritySettings settings) {
        this.database = database;
        this.idle = settings.sessionIdle();
        this.life = settings.sessionLife();
        this.most = settings.maxSessions();
    }

    /** Begins one; of the account's own the longest unused make room, and what is over goes. */
    Mono<Void> begin(String digest, Caller caller, Instant now) {
        Mono<Void> insert =
                database.client()
                        .sql(
                                """
                                insert into login_session
                                    (digest, account, version, created_at, used_at, expires_at)
                                values (decode(:digest, 'hex'), :account, :version, :now, :now, :until)
                                on conflict (digest) do nothing""")
                        .bind("digest", digest)
                        .bind("account", caller.getName())
                        .bind("version", caller.version())
                        .bind("now", now)
                        .bind("until", now.plus(idle))
                        .then();
        Mono<Void> tidy =
                database.client()
                        .sql(
                                """
                                delete from login_session where expires_at <= :now or digest in (
                                    select digest from login_session where account = :account
                                    order by used_at desc, created_at desc offset :most)""")
                        .bind("now", now)
                        .bind("account", caller.getName())
                        .bind("most", most)
                        .then();
        return insert.then(tidy);
    }

    /** Whose it is; empty where it is none, over, or of an account that was changed since. */
    Mono<Caller> find(String digest, Instant now) {
        return database.client()
                .sql(
                        """
                        select a.name, a.role, a.recipient_id, a.version
                        from login_session s
                        join account a on a.name = s.account and a.version = s.version
                        where s.digest = decode(:digest, 'hex') and s.expires_at > :now
                            and a.enabled""")
                .bind("digest", digest)
                .bind("now", now)
                .map(
                        row ->
                                new Caller(
                                        Columns.text(row, "name"),
                                        AccessRole.valueOf(Columns.text(row, "role")),
                                        row.get("recipient_id", String.class),
                                        null,
                                        Columns.required(row, "version", Long.class),
                                        null))
                .one();
    }

    /** Those of them that go on. */
    Mono<Set<String>> standing(Collection<String> digests, Instant now) {
        return digests.isEmpty()
                ? Mono.just(Set.of())
                : database.client()
                        .sql(
                                """
                                select encode(digest, 'hex') as digest from login_session
                                where digest in (select decode(d, 'hex') from unnest(:digests::text[]) d)
                                    and expires_at > :now""")
                        .bind("digests", digests.toArray(String[]::new))
                        .bind("now", now)
                        .map(row -> Columns.text(row, "digest"))
                        .all()
                        .collect(Collectors.toSet());
    }

    /** Those were used a moment ago; written once a minute at most for each. */
    Mono<Void> used(Collection<String> digests, Instant now) {
        return digests.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql(
                                """
                                update login_session
                                set used_at = :now,
                                    expires_at = least(:until, created_at + :life * interval '1 second')
                                where digest in (select decode(d, 'hex') from unnest(:digests::text[]) d)
                                    and used_at < :noted""")
                        .bind("digests", digests.toArray(String[]::new))
                        .bind("now", now)
                        .bind("until", now.plus(idle))
                        .bind("life", life.toSeconds())
                        .bind("noted", now.minus(NOTED))
                        .then();
    }

    Mono<Void> end(String digest) {
        return database.client()
                .sql("delete from login_session where digest = decode($1, 'hex')")
                .bind(0, digest)
                .then();
    }
}
