package cctvout.log;

import cctvout.log.LogEntry.Draft;
import cctvout.store.Answer;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** An empty log on a database of its own. */
abstract class EventLogRig {

    static final Duration LONG = Duration.ofSeconds(20);
    static final Set<String> ALL = Set.of();
    static final Instant AT = Instant.parse("2026-05-01T12:34:56.123456Z");

    final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    final Database database = embedded.database();
    final PostgresEventLog log = new PostgresEventLog(database);

    @AfterEach
    void close() {
        embedded.close();
    }

    List<Long> read(long after, Set<String> types, int limit) throws Exception {
        return Answer.of(log.read(after, types, limit)).stream().map(LogEntry::seq).toList();
    }

    Mono<List<Long>> append(int count) {
        return append(LogEntry.TRANSITION, count);
    }

    Mono<List<Long>> append(String type, int count) {
        return database.inTransaction(log.append(drafts(type, count)));
    }

    static List<Draft> drafts(String type, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Draft(type, "s-" + i, "c-" + i, "{}", AT))
                .toList();
    }
}
