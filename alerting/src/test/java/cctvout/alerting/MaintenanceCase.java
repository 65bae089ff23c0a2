package cctvout.alerting;

import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.maintenance.MaintenanceWindow;
import cctvout.notification.Notification;
import cctvout.rows.Rows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What planned work is tried on: cameras of a line, one of another, and who answers for them. */
abstract class MaintenanceCase {

    static final Instant LATER =
            Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

    Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(BenchSettings.USUAL.with(BenchSettings.outagesOf(3)));
        IntStream.rangeClosed(1, 6).forEach(i -> bench.camera("C-" + i, "L-17", "한빛"));
        bench.camera("D-1", "L-99", "한빛");
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("line-99", LINE_OPERATOR, List.of("L-99"), bench.webhook("/other"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    void fail(int... cameras) {
        IntStream.of(cameras).forEach(i -> bench.turns("C-" + i, HEALTHY, LINE_FAULT));
    }

    void recover(int... cameras) {
        IntStream.of(cameras).forEach(i -> bench.turns("C-" + i, LINE_FAULT, HEALTHY));
    }

    /** What is told after it is told, and nothing was before. */
    void nothingButTheOther() throws InterruptedException {
        bench.turns("D-1", HEALTHY, LINE_FAULT);
        assertThat(bench.receiver.next().path()).isEqualTo("/other");
        bench.until(all -> all.stream().anyMatch(one -> isOthers(one) && one.status() == SENT));
        bench.turns("D-1", LINE_FAULT, HEALTHY);
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path)
                .containsExactlyInAnyOrder("/other", "/room");
        bench.until(
                all -> all.stream().filter(this::isOthers).allMatch(one -> one.status() == SENT));
        get("delete from notification where camera_id = 'D-1'");
        get("delete from issue where camera_id = 'D-1'");
    }

    /** To whom it was told, and to the control room. */
    void theEndIsTold() throws InterruptedException {
        assertThat(bench.receiver.next(2))
                .extracting(Receiver.Hook::path, hook -> hook.text("event"))
                .containsExactlyInAnyOrder(
                        tuple("/line", "RECOVERED"), tuple("/room", "RECOVERED"));
    }

    boolean isHeld(Notification one) {
        return LATER.equals(one.heldUntil());
    }

    boolean isOthers(Notification one) {
        return "D-1".equals(one.cameraId());
    }

    void get(String sql) {
        Bench.get(bench.database.client().sql(sql).fetch().rowsUpdated());
    }

    List<Notification> about(String camera) {
        return bench.notifications().stream().filter(one -> camera.equals(one.cameraId())).toList();
    }

    @Nullable Instant heldUntil() {
        return bench.notifications().getFirst().heldUntil();
    }

    MaintenanceDesk desk() {
        return bench.alerting.maintenanceDesk();
    }

    /** A new one, or as it is from now on. */
    void window(String id, String scope, Instant end) {
        MaintenanceWindow window = read(id, scope, end);
        Bench.get(
                desk().update(window, OptionalLong.empty())
                        .switchIfEmpty(Mono.defer(() -> desk().create(window, "kim"))));
    }

    static MaintenanceWindow read(String id, String scope, Instant end) {
        return Rows.read(
                """
                {"id":"%1$s","name":"work on %1$s","scope":%2$s,"startsAt":"%3$s","endsAt":"%4$s"}"""
                        .formatted(id, scope, Instant.now().minusSeconds(60), end),
                MaintenanceWindow.class);
    }

    void remove(String id) {
        assertThat(Bench.get(desk().delete(id, OptionalLong.empty()))).isTrue();
    }
}
