package cctvout.alerting;

import static cctvout.notification.NotificationEvent.DIGEST;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.Notification;
import cctvout.notification.NotificationSettings.Rate;
import cctvout.notification.UnsentOpened;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** I5: what the receiver may have got comes again under the same id, also where others flood. */
class DoubtfulNoticesTest {

    private static final int FAULTS = 8;

    @Test
    void whatMayHaveArrivedGoesUnderItsOwnIdAndTheRestOfTheFloodInADigest() {
        try (Bench bench =
                new Bench(
                        BenchSettings.USUAL.with(
                                BenchSettings.notices(
                                        UnsentOpened.MERGE,
                                        Map.of("webhook", new Rate(1, 300)))))) {
            bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
            for (int i = 0; i < FAULTS; i++) {
                bench.camera("C-" + i, "L-17", "한빛");
                bench.turns("C-" + i, HEALTHY, LINE_FAULT);
            }
            bench.consume();
            String dead = of(bench, "C-0");
            String doubt = of(bench, "C-1");
            set(bench, dead, "lease = 'the dead', leased_until = now() - interval '1 second'");
            set(bench, doubt, "in_doubt = true, tries = 1, attempts = 1");
            bench.start();
            List<Notification> all =
                    bench.until(
                            found ->
                                    found.stream().anyMatch(one -> one.event() == DIGEST)
                                            && found.stream()
                                                    .allMatch(one -> one.status() == SENT));
            assertThat(all)
                    .filteredOn(one -> one.digestId() != null)
                    .extracting(Notification::id)
                    .isNotEmpty()
                    .doesNotContain(dead, doubt);
            assertThat(bench.receiver.rest())
                    .extracting(hook -> hook.header("webhook-id"))
                    .contains(dead, doubt);
        }
    }

    private static String of(Bench bench, String camera) {
        return bench.notifications().stream()
                .filter(one -> camera.equals(one.cameraId()))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void set(Bench bench, String id, String what) {
        Bench.get(
                bench.database
                        .client()
                        .sql("update notification set " + what + " where id = :id")
                        .bind("id", id)
                        .fetch()
                        .rowsUpdated());
    }
}
