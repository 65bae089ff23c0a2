package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationStatus.FAILED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.alerting.SickReceivers.Came;
import cctvout.alerting.SickReceivers.Sickness;
import cctvout.notification.Notification;
import cctvout.notification.NotificationSettings;
import cctvout.recipient.RecipientChannel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of sick receiver at once, beside one that is well. */
class HostileReceiverTest {

    private static final int SICK_EACH = 10;
    private static final int WELL = 40;

    @Test
    void sickReceiversDelayNoOtherAndGetAllUnderTheSameIdsOnceTheyAreWell() throws Exception {
        try (Bench bench = new Bench(BenchSettings.USUAL.with(settings()));
                SickReceivers sick = new SickReceivers()) {
            for (Sickness sickness : Sickness.values()) {
                bench.recipient(
                        sickness.name(),
                        LINE_OPERATOR,
                        List.of("L-" + sickness),
                        new RecipientChannel.Webhook(sick.url(sickness), null));
            }
            bench.recipient("well", LINE_OPERATOR, List.of("L-well"), bench.webhook("/well"));
            bench.start();
            List<Long> before = tellTheWell(bench, "a");
            for (Sickness sickness : Sickness.values()) {
                for (int i = 0; i < SICK_EACH; i++) {
                    bench.camera(sickness + "-" + i, "L-" + sickness, "한빛");
                    bench.turns(sickness + "-" + i, HEALTHY, LINE_FAULT);
                }
            }
            List<Notification> failing =
                    bench.untilSlowly(
                            all ->
                                    Stream.of(Sickness.values())
                                            .allMatch(one -> all.stream().anyMatch(failed(one))));
            for (Sickness sickness : Sickness.values()) {
                System.out.println(
                        sickness
                                + ": "
                                + failing.stream()
                                        .filter(failed(sickness))
                                        .map(Notification::lastError)
                                        .collect(Collectors.toSet()));
            }
            List<Long> during = tellTheWell(bench, "b");
            System.out.println("created to SENT, ms, alone: " + figures(before));
            System.out.println("beside " + Sickness.values().length + " sick: " + figures(during));
            assertThat(bench.notifications())
                    .as("the sick have taken nothing")
                    .filteredOn(one -> isSick(one) && one.event() == OPENED)
                    .noneMatch(one -> one.status() == SENT);
            assertThat(during.getLast()).as("a wide bound").isLessThan(10_000);

            sick.heal();
            bench.recipientChannels(
                    Sickness.NO_TLS.name(),
                    new RecipientChannel.Webhook(sick.url(Sickness.NO_TLS), null));
            List<Notification> healed =
                    bench.untilSlowly(
                            all ->
                                    all.stream()
                                            .filter(one -> one.event() == OPENED)
                                            .allMatch(one -> one.status() == SENT));
            List<Notification> opened =
                    healed.stream().filter(one -> one.event() == OPENED && isSick(one)).toList();
            assertThat(opened).hasSize(SICK_EACH * Sickness.values().length);
            Set<String> ids = opened.stream().map(Notification::id).collect(Collectors.toSet());
            assertThat(sick.came).extracting(Came::id).isSubsetOf(ids);
            for (Notification one : opened) {
                assertThat(sick.came)
                        .contains(new Came(Sickness.valueOf(one.recipientId()), one.id()));
            }
        }
    }

    /** As they are by default, with times a tenth as long. */
    private static NotificationSettings settings() {
        NotificationSettings standard = NotificationSettings.standard(List.of("127.0.0.0/8"));
        return new NotificationSettings(
                standard.allowedNetworks(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                standard.parallelism(),
                standard.perChannel(),
                standard.poll(),
                standard.maxResponse(),
                new NotificationSettings.Retry(
                        3,
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(6),
                        Duration.ofHours(24)),
                standard.unsentOpened(),
                standard.timeZone(),
                standard.controlRoomLanguage(),
                new NotificationSettings.BreakerLimits(
                        5, Duration.ofSeconds(6), Duration.ofSeconds(3)),
                standard.rate(),
                standard.digestMax(),
                standard.publicUrl());
    }

    private static boolean isSick(Notification one) {
        return Stream.of(Sickness.values()).anyMatch(sick -> sick.name().equals(one.recipientId()));
    }

    private static Predicate<Notification> failed(Sickness sickness) {
        return one -> one.recipientId().equals(sickness.name()) && one.status() == FAILED;
    }

    private static String figures(List<Long> ascending) {
        return "median %d, p99 %d"
                .formatted(ascending.get(ascending.size() / 2), ascending.getLast());
    }

    /** From each notice's birth to its mark, milliseconds, ascending. */
    private static List<Long> tellTheWell(Bench bench, String prefix) {
        for (int i = 0; i < WELL; i++) {
            bench.camera(prefix + i, "L-well", "한빛");
            bench.turns(prefix + i, HEALTHY, LINE_FAULT);
        }
        List<Notification> all =
                bench.untilSlowly(
                        found ->
                                toldWell(found, prefix).size() == WELL
                                        && toldWell(found, prefix).stream()
                                                .allMatch(one -> one.status() == SENT));
        List<Long> took = new ArrayList<>();
        for (Notification one : toldWell(all, prefix)) {
            took.add(Duration.between(one.createdAt(), one.sentAt()).toMillis());
        }
        took.sort(null);
        return took;
    }

    private static List<Notification> toldWell(List<Notification> all, String prefix) {
        return all.stream()
                .filter(one -> one.recipientId().equals("well") && one.event() == OPENED)
                .filter(one -> String.valueOf(one.cameraId()).startsWith(prefix))
                .toList();
    }
}
