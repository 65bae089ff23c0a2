package cctvout.history;

import cctvout.camera.CameraId;
import cctvout.camera.Cameras;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.status.CameraStatus;
import cctvout.status.Measured;
import cctvout.store.Answer;
import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A camera and its history in a database of their own. */
abstract class HistoryRig {

    static final Instant T0 = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MICROS);
    static final CameraId A = new CameraId("a");

    final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    final Database database = embedded.database();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final PostgresProbeHistory history = history(database, 100_000, 1000);

    @BeforeEach
    void register() throws Exception {
        Answer.of(new PostgresCameraRegistry(database).create(Cameras.camera("a")));
    }

    @AfterEach
    void close() {
        history.stop();
        embedded.close();
    }

    PostgresProbeHistory history(Database on, int buffer, int batch) {
        return new PostgresProbeHistory(
                on, HistorySettings.of(buffer, batch, Duration.ofMillis(100)), meters);
    }

    long count() throws Exception {
        return count("measurement");
    }

    long count(String table) throws Exception {
        return Answer.of(
                database.client()
                        .sql("select count(*) as n from " + table)
                        .map(row -> Columns.number(row, "n"))
                        .one());
    }

    List<CameraStatus> checks(int limit) throws Exception {
        return Answer.of(history.checks(A, at(-60), at(60), limit));
    }

    static CameraStatus seen(cctvout.status.Verdict verdict, String reason, int second) {
        return new CameraStatus(A, verdict, reason, T0, Measured.echo(at(second)), null);
    }

    static Instant at(int second) {
        return T0.plusSeconds(second);
    }
}
