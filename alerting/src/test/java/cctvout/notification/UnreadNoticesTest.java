package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A control room that has read its notices for years, and a few that are new. */
class UnreadNoticesTest {

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();

    @BeforeEach
    void notices() throws Exception {
        run(
                """
                insert into notification (id, recipient_id, channel, channel_key, event, status,
                    created_at, read_at, reason, body, content)
                select 'N-' || n, 'room', 'inbox', 'inbox', 'REMINDER', 'SENT', now(),
                    case when n % 1000 > 0 then now() end, '', 'a text', '{}'
                from generate_series(1, 20000) as n""");
        run("vacuum analyze notification");
    }

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void areCountedWithoutALookAtThoseThatWereRead() throws Exception {
        assertThat(get(new PostgresNotices(embedded.database()).countUnread("room"))).isEqualTo(20);
        String plan =
                get(
                        embedded.database()
                                .client()
                                .sql("explain " + PostgresNotices.UNREAD + PostgresNotices.OF_ONE)
                                .bind("recipient", "room")
                                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                                .all()
                                .collect(Collectors.joining("\n")));
        assertThat(plan).contains("notification_unread");
    }

    private void run(String sql) throws Exception {
        get(embedded.database().client().sql(sql).then().thenReturn(true));
    }

    private static <T> T get(Mono<T> work) throws Exception {
        return work.toFuture().get(60, TimeUnit.SECONDS);
    }
}
