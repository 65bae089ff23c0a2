package cctvout.stream;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.status.Verdict;
import cctvout.store.EmbeddedDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

class PostgresStatusLinesTest {

    @Test
    void pagesThroughRegisteredCamerasWithTheirVerdicts() throws Exception {
        try (var database = EmbeddedDatabase.createFresh()) {
            for (String sql :
                    List.of(
                            """
                            insert into camera (id, name, district, version, revision, removed)
                            values ('a', '둔산동', '서구', 1, 1, false), ('b', null, null, 1, 2, false),
                                   ('c', 'gone', null, 1, 3, true), ('d', null, null, 1, 4, false)""",
                            """
                            insert into camera_status (camera_id, verdict, reason, since, seq)
                            values ('a', 'LINE_FAULT', 'ICMP_TIMEOUT', '2026-01-02T03:04:05Z', 7)""")) {
                database.database()
                        .client()
                        .sql(sql)
                        .fetch()
                        .rowsUpdated()
                        .toFuture()
                        .get(20, TimeUnit.SECONDS);
            }
            var lines = new PostgresStatusLines(database.database());

            List<StatusLine> first = page(lines, null);
            assertThat(first).extracting(line -> line.cameraId().value()).containsExactly("a", "b");
            assertThat(first.getFirst().name()).isEqualTo("둔산동");
            assertThat(first.getFirst().verdict()).isEqualTo(Verdict.LINE_FAULT);
            assertThat(first.getFirst().since()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
            assertThat(first.getLast().verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(first.getLast().reason()).isEqualTo("NOT_CHECKED");
            assertThat(page(lines, "b"))
                    .extracting(line -> line.cameraId().value())
                    .containsExactly("d");
        }
    }

    private static List<StatusLine> page(StatusLines lines, @Nullable String after)
            throws Exception {
        return lines.page(after, 2).toFuture().get(20, TimeUnit.SECONDS);
    }
}
