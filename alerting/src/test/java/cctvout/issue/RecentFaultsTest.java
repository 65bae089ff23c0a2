package cctvout.issue;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How often cameras failed lately, also where they have failed for years. */
class RecentFaultsTest {

    private static final int CAMERAS = Integer.getInteger("faults.cameras", 1_000);
    private static final int EACH = 10;
    private static final int ASKED = 1_000;

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final RecentFaults faults = new RecentFaults(embedded.database());

    /** One a day of each camera, the last of them an hour ago, each third of an outage. */
    @BeforeEach
    void issues() throws Exception {
        run(
                """
                insert into issue (id, camera_id, outage_id, kind, status, severity, opened_at,
                    reason, evidence, timeline, opened_seq)
                select 'I-' || n, 'C-' || n %% %1$d, case when n / %1$d %% 3 = 2 then 'O' end, 'LINE',
                    'RESOLVED', 'MAJOR', now() - interval '1 hour' - (n / %1$d) * interval '1 day',
                    'ICMP_TIMEOUT', '{}', '[]', n
                from generate_series(0, %2$d - 1) as n order by n desc"""
                        .formatted(CAMERAS, CAMERAS * EACH));
        run("vacuum analyze issue");
    }

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void thoseOfAnOutageAreNotTheCamerasOwn() throws Exception {
        Map<CameraId, Integer> found =
                get(
                        faults.since(
                                Instant.now().minus(Duration.ofDays(5)),
                                List.of(new CameraId("C-1"), new CameraId("nobody"))));
        assertThat(found).containsExactly(Map.entry(new CameraId("C-1"), 4));
    }

    @Test
    void aRoundReadsTheIndexAlone() throws Exception {
        String plan =
                get(
                        embedded.database()
                                .client()
                                .sql(
                                        "explain (analyze, buffers, format text) "
                                                + RecentFaults.SINCE)
                                .bind(
                                        "cameras",
                                        IntStream.range(0, ASKED)
                                                .mapToObj(i -> "C-" + i)
                                                .toArray(String[]::new))
                                .bind("since", Instant.now().minus(Duration.ofHours(6)))
                                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                                .all()
                                .collectList()
                                .map(RecentFaultsTest::shown));
        System.out.println(plan);
        assertThat(plan).contains("Index Only Scan using issue_camera_alone");
    }

    @Test
    void whatIsUnresolvedIsCountedWithoutAllThatIsOver() throws Exception {
        String plan =
                get(
                        embedded.database()
                                .client()
                                .sql("explain " + PostgresIssues.UNRESOLVED)
                                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                                .all()
                                .collectList()
                                .map(RecentFaultsTest::shown));
        assertThat(plan).contains("issue_unresolved");
    }

    /** Without the cameras that were asked for. */
    private static String shown(List<String> plan) {
        return plan.stream()
                .filter(line -> !line.contains("Index Cond"))
                .collect(Collectors.joining("\n"));
    }

    private void run(String sql) throws Exception {
        get(embedded.database().client().sql(sql).then().thenReturn(true));
    }

    private static <T> T get(Mono<T> work) throws Exception {
        return work.toFuture().get(120, TimeUnit.SECONDS);
    }
}
