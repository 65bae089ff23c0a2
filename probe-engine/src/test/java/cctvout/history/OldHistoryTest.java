package cctvout.history;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.log.Json;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;
import cctvout.store.Answer;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** What an earlier version wrote as JSON is there after the upgrade. */
class OldHistoryTest {

    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final IcmpResult ECHO =
            new IcmpResult(IcmpStatus.FAIL, "NO_ROUTE", 4, 0, null, null, null, AT);
    private static final HlsResult STREAM =
            new HlsResult(
                    HlsReason.SEGMENT_404.status(),
                    HlsReason.SEGMENT_404,
                    404,
                    Long.MAX_VALUE,
                    2.002,
                    77L,
                    "조각 \u0000 없음",
                    List.of(HlsReason.SLOW, HlsReason.WRONG_MIME),
                    null,
                    null,
                    AT.minusMillis(250));

    @Test
    void isKept() throws Exception {
        try (EmbeddedDatabase embedded = EmbeddedDatabase.createFresh()) {
            try (Connection connection = connect(embedded);
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        """
                        drop view camera_current;
                        drop function checks_of, icmp_json, hls_json, verdict;
                        drop table measurement, camera_key, measurement_hour, measurement_due;
                        drop function add_measurement_day, add_measurement_month;
                        alter table camera_status add column checked_at timestamptz;
                        create table probe_check (
                            camera_id text not null, checked_at timestamptz not null, verdict text not null,
                            reason text not null, since timestamptz not null, icmp text, hls text,
                            primary key (camera_id, checked_at))
                        """);
                insert(connection, "a", AT, ECHO, STREAM);
                insert(connection, "a", AT.plusSeconds(86_400), ECHO, null);
                insert(connection, "b", AT, null, STREAM);
                statement.execute(migration("V4__history.sql"));
                statement.execute(migration("V4_1__hours.sql"));
                statement.execute(migration("V4_2__reading.sql"));
            }
            var history =
                    new PostgresProbeHistory(
                            embedded.database(),
                            HistorySettings.standard(),
                            new SimpleMeterRegistry());
            HlsResult kept = withDetail("조각 \ufffd 없음");
            assertThat(checks(history, "a"))
                    .containsExactly(
                            new CameraStatus(
                                    new CameraId("a"), Verdict.LINE_FAULT, "CUT", AT, ECHO, null),
                            new CameraStatus(
                                    new CameraId("a"), Verdict.LINE_FAULT, "CUT", AT, ECHO, kept));
            assertThat(checks(history, "b"))
                    .containsExactly(
                            new CameraStatus(
                                    new CameraId("b"), Verdict.LINE_FAULT, "CUT", AT, null, kept));
        }
    }

    private static List<CameraStatus> checks(PostgresProbeHistory history, String camera)
            throws Exception {
        return Answer.of(
                history.checks(
                        new CameraId(camera), AT.minusSeconds(5), AT.plusSeconds(100_000), 10));
    }

    private static void insert(
            Connection connection,
            String camera,
            Instant at,
            @org.jspecify.annotations.Nullable IcmpResult icmp,
            @org.jspecify.annotations.Nullable HlsResult hls)
            throws Exception {
        try (PreparedStatement row =
                connection.prepareStatement(
                        "insert into probe_check values (?, ?, 'LINE_FAULT', 'CUT', ?, ?, ?)")) {
            row.setString(1, camera);
            row.setObject(2, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            row.setObject(3, OffsetDateTime.ofInstant(AT, ZoneOffset.UTC));
            row.setString(4, icmp == null ? null : Json.write(icmp));
            row.setString(5, hls == null ? null : Json.write(hls));
            row.execute();
        }
    }

    private static HlsResult withDetail(String detail) {
        return new HlsResult(
                STREAM.status(),
                STREAM.reason(),
                STREAM.httpStatus(),
                STREAM.mediaSequence(),
                STREAM.targetDurationSeconds(),
                STREAM.latencyMs(),
                detail,
                STREAM.warnings(),
                null,
                null,
                STREAM.checkedAt());
    }

    private static Connection connect(EmbeddedDatabase embedded) throws Exception {
        return DriverManager.getConnection(
                embedded.r2dbcUrl().replace("r2dbc:", "jdbc:"),
                embedded.username(),
                embedded.password());
    }

    private static String migration(String name) throws Exception {
        try (InputStream file =
                Objects.requireNonNull(
                        OldHistoryTest.class.getResourceAsStream("/db/migration/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
