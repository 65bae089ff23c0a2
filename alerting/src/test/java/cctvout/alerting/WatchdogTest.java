package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.engine.EngineCause;
import cctvout.engine.EngineState;
import cctvout.engine.EngineStatus;
import cctvout.notification.ChannelSettings;
import cctvout.notification.Notification;
import cctvout.watchdog.EngineReporter;
import cctvout.watchdog.WatchdogSettings;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The monitor tells of its own troubles, and that it lives. */
class WatchdogTest {

    private static EngineStatus engine(EngineState state) {
        EngineCause cause = EngineCause.of(EngineCause.Code.NO_CANARY_ANSWERS);
        return new EngineStatus(
                5, 1, "dgram", "", 0, 10, state, cause.sentence(), cause, List.of(), null);
    }

    @Test
    void blindMonitorIsToldOnceAndTakenBackOnceOnEachChannel() throws Exception {
        try (Bench bench = new Bench()) {
            bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
            bench.engine.set(engine(EngineState.BLIND));
            bench.startWithWatchdog();
            Receiver.Hook hook = bench.receiver.next();
            assertThat(hook.json().at("/alarm/kind").asString()).isEqualTo("MONITOR_BLIND");
            assertThat(
                            hook.json().path("camera").isNull()
                                    || hook.json().path("camera").isMissingNode())
                    .isTrue();
            assertThat(hook.json().at("/alarm/details").asString())
                    .isEqualTo("No canary answers: verdicts stay until one does");
            assertThat(hook.text("text"))
                    .startsWith("[감시 시스템 이상] 감시망 끊김")
                    .contains("\n기준 대상이 하나도 응답하지 않습니다.")
                    .doesNotContain("canary");
            bench.until(all -> all.size() == 2 && all.stream().allMatch(n -> n.status() == SENT));
            bench.engine.set(engine(EngineState.RUNNING));
            assertThat(bench.receiver.next().text("event")).isEqualTo("RECOVERED");
            List<Notification> all =
                    bench.until(
                            found ->
                                    found.size() == 4
                                            && found.stream().allMatch(n -> n.status() == SENT));
            assertThat(all).extracting(Notification::alarmId).containsOnly(hook.text("alarmId"));
            assertThat(all)
                    .extracting(Notification::event)
                    .containsExactlyInAnyOrder(OPENED, OPENED, RECOVERED, RECOVERED);
            assertThat(bench.count("alarm where ended_at is null")).isZero();
            assertThat(bench.issues()).isEmpty();
        }
    }

    /** The engine runs in one process, the watchdog in another: between them is the database. */
    @Test
    void engineOfAnotherProcessIsSeenToBeBlindAndToBeWellAgain() throws Exception {
        try (Bench bench = new Bench()) {
            bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
            AtomicReference<EngineStatus> elsewhere =
                    new AtomicReference<>(engine(EngineState.RUNNING));
            Sinks.Empty<Void> stopping = Sinks.empty();
            Mono<Void> reporting =
                    EngineReporter.create(
                                    bench.database,
                                    elsewhere::get,
                                    new WatchdogSettings(
                                            Duration.ofMillis(100),
                                            null,
                                            Duration.ZERO,
                                            5000,
                                            Duration.ofMinutes(30),
                                            Duration.ofMinutes(30)),
                                    Clock.systemUTC())
                            .run(stopping.asMono())
                            .then();
            CompletableFuture<?> ended = reporting.toFuture();
            bench.startWithWatchdog();
            elsewhere.set(engine(EngineState.BLIND));
            Receiver.Hook told = bench.receiver.next();
            assertThat(told.json().at("/alarm/kind").asString()).isEqualTo("MONITOR_BLIND");
            assertThat(told.text("event")).isEqualTo("OPENED");
            assertThat(told.text("text")).contains("\n기준 대상이 하나도 응답하지 않습니다.");
            elsewhere.set(engine(EngineState.RUNNING));
            Receiver.Hook over = bench.receiver.next();
            assertThat(over.text("event")).isEqualTo("RECOVERED");
            assertThat(over.text("alarmId")).isEqualTo(told.text("alarmId"));
            stopping.tryEmitEmpty();
            ended.get(60, TimeUnit.SECONDS);
            assertThat(bench.count("engine_report")).isZero();
            assertThat(bench.count("alarm")).isEqualTo(1);
        }
    }

    /** The probers of another zone go on, and do not reach its cameras. */
    @Test
    void zoneWhoseProbersAreGoneIsToldByItsNameUntilOneTakesItOrItIsGivenUp() {
        try (Bench bench = new Bench(BenchSettings.USUAL.missing(Duration.ofSeconds(1)))) {
            bench.engine.set(engine(EngineState.RUNNING));
            bench.camera("C-1", "L-17", "한빛");
            bench.camera("C-2", "L-17", "한빛");
            bench.camera("C-3", "L-18", "한빛");
            bench.camera("C-4", "L-18", "한빛");
            bench.run("update camera set zone = 'north' where id in ('C-1', 'C-3', 'C-4')");
            bench.run("update camera set enabled = false where id = 'C-3'");
            bench.run("update camera set removed = true where id = 'C-4'");
            bench.run("insert into probe_zone values ('north'), ('empty')");
            bench.run(
                    "insert into probe_node values ('here', '', now() + interval '1 day'),"
                            + " ('dead', 'north', now() - interval '1 day'),"
                            + " ('next', 'north', now() + interval '1 day')");
            taken(bench, "", "here");
            taken(bench, "north", "dead");
            bench.startWithWatchdog();
            Notification told = bench.until(found -> !found.isEmpty()).getFirst();
            assertThat(told.text()).contains("점검이 이루어지지 않음", "\nnorth 망의 카메라 1대를 점검할 점검기가 없습니다\n");
            assertThat(unprobed(bench, "north")).isEqualTo(1);
            assertThat(unprobed(bench, "")).isZero();
            taken(bench, "north", "next");
            bench.until(found -> recovered(found) == 1);
            assertThat(bench.count("alarm")).isEqualTo(1);

            taken(bench, "north", "");
            bench.until(found -> found.size() == 3);
            bench.run("delete from probe_zone where zone = 'north'");
            bench.until(found -> recovered(found) == 2);
            assertThat(bench.count("alarm")).isEqualTo(2);
        }
    }

    private static void taken(Bench bench, String zone, String node) {
        bench.run(
                """
                insert into probe_shard
                select '%s', shard, 1, '%s', now() from generate_series(0, 255) as shard
                on conflict (zone, shard) do update set node = excluded.node
                """
                        .formatted(zone, node));
    }

    private static double unprobed(Bench bench, String zone) {
        return bench.meters.get("cctvout.cameras.unprobed").tag("zone", zone).gauge().value();
    }

    private static long recovered(List<Notification> found) {
        return found.stream().filter(n -> n.event() == RECOVERED).count();
    }

    @Test
    void deadChannelIsToldToTheControlRoomAndThatItIsWellAgain() {
        try (Bench bench = new Bench()) {
            AtomicInteger answer = new AtomicInteger(500);
            bench.receiver.answer("/line", _ -> Mono.just(answer.get()));
            bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
            bench.startWithWatchdog();
            bench.camera("C-1", "L-17", "한빛");
            bench.turns("C-1", HEALTHY, LINE_FAULT);
            Notification told =
                    bench.until(found -> found.stream().anyMatch(n -> n.alarmId() != null)).stream()
                            .filter(n -> n.alarmId() != null)
                            .findFirst()
                            .orElseThrow();
            assertThat(told.recipientId()).isEqualTo("control-room");
            assertThat(told.text()).contains("알림 채널 불통", "line-17 · 웹훅");
            answer.set(200);
            bench.until(
                    found ->
                            found.stream()
                                    .anyMatch(n -> n.alarmId() != null && n.event() == RECOVERED));
            assertThat(bench.count("alarm")).isEqualTo(1);
        }
    }

    @Test
    void channelThatNobodyHasAnyMoreIsNotMissed() {
        try (Bench bench = new Bench()) {
            bench.receiver.answer("/line", _ -> Mono.just(500));
            bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
            bench.startWithWatchdog();
            bench.camera("C-1", "L-17", "한빛");
            bench.turns("C-1", HEALTHY, LINE_FAULT);
            bench.until(found -> found.stream().anyMatch(n -> n.alarmId() != null));
            Bench.get(
                    bench.alerting
                            .notificationDesk()
                            .removeRecipient("line-17", OptionalLong.empty()));
            bench.until(
                    found ->
                            found.stream()
                                    .anyMatch(n -> n.alarmId() != null && n.event() == RECOVERED));
        }
    }

    @Test
    void alertingThatCannotGetPastATransitionIsToldToTheControlRoom() {
        try (Bench bench = new Bench()) {
            bench.camera("C-1", "L-17", "한빛");
            bench.turns("C-1", HEALTHY, LINE_FAULT);
            bench.run("update event_log set at = at - interval '1 hour'");
            bench.run("alter table maintenance_window rename to locked_away");
            bench.startWithWatchdog();
            Notification told = bench.until(found -> !found.isEmpty()).getFirst();
            assertThat(told.recipientId()).isEqualTo("control-room");
            assertThat(told.text()).contains("알림 처리가 밀림");
            bench.run("alter table locked_away rename to maintenance_window");
            bench.until(
                    found ->
                            found.stream()
                                    .anyMatch(n -> n.alarmId() != null && n.event() == RECOVERED));
            assertThat(bench.issues()).hasSize(1);
        }
    }

    @Test
    void heartbeatComesAgainAndAgain() throws Exception {
        try (Receiver outside = new Receiver();
                Bench bench =
                        new Bench(
                                BenchSettings.USUAL.with(
                                        new ChannelSettings(
                                                null,
                                                null,
                                                null,
                                                new ChannelSettings.Heartbeat(
                                                        outside.url("/alive"),
                                                        Duration.ofSeconds(1)))))) {
            bench.startWithWatchdog();
            assertThat(outside.next(2))
                    .allMatch(hook -> hook.text("status").equals("alive"))
                    .allMatch(hook -> hook.path().equals("/alive"));
        }
    }
}
