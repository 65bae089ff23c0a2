package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.lifecycle.Stopping;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

class PublisherTurnTest {

    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofDays(1);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final Disposable.Composite running = Disposables.composite();

    @AfterEach
    void close() {
        running.dispose();
        embedded.close();
    }

    @Test
    void oneThatStandsStillLosesItsTurn() throws Exception {
        Sinks.Empty<Void> stands = Sinks.empty();
        running.add(
                database.client()
                        .inConnection(
                                connection ->
                                        Mono.from(
                                                        connection
                                                                .createStatement(
                                                                        "select pg_advisory_lock(hashtext('kafka publisher'))")
                                                                .execute())
                                                .flatMapMany(result -> result.map((_, _) -> true))
                                                .doOnNext(_ -> stands.tryEmitEmpty())
                                                .then(Mono.never()))
                        .subscribe());
        get(stands.asMono());

        hasItsTurn(new PublisherTurn(database, OFTEN, Duration.ofMillis(500)));
    }

    @Test
    void oneThatWorksGivesSignsOfLife() throws Exception {
        hasItsTurn(new PublisherTurn(database, OFTEN, NEVER));
        Instant before = Objects.requireNonNull(get(signOfLife()));
        get(
                signOfLife()
                        .filter(before::isBefore)
                        .repeatWhenEmpty(times -> times.delayElements(OFTEN)));
        assertThat(before).isNotNull();
    }

    private void hasItsTurn(PublisherTurn turn) throws Exception {
        Sinks.Empty<Void> ours = Sinks.empty();
        Flux<Boolean> work = Flux.<Boolean>never().doOnSubscribe(_ -> ours.tryEmitEmpty());
        running.add(
                turn.whileOurs(work, () -> {}, new Stopping())
                        .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, OFTEN))
                        .subscribe());
        get(ours.asMono());
    }

    private Mono<Instant> signOfLife() {
        return database.client()
                .sql(
                        """
                        select a.state_change from pg_stat_activity a join pg_locks l on l.pid = a.pid
                        where l.locktype = 'advisory' and l.granted
                            and a.datname = current_database()
                        """)
                .map(row -> Objects.requireNonNull(row.get("state_change", Instant.class)))
                .one();
    }

    private static <T> T get(Mono<T> work) throws Exception {
        return work.toFuture().get(60, TimeUnit.SECONDS);
    }
}
