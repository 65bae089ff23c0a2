package cctvout.alerting;

import static cctvout.notification.NotificationEvent.DIGEST;
import static cctvout.notification.NotificationEvent.ESCALATED;
import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.FAILED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.Notification;
import cctvout.notification.NotificationSettings.Rate;
import cctvout.notification.UnsentOpened;
import cctvout.recipient.RecipientChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What becomes of notices whose channel is slow, sick or flooded. */
class DeliveryTest {

    private final Bench bench =
            new Bench(
                    BenchSettings.USUAL.with(
                            BenchSettings.notices(
                                    UnsentOpened.MERGE, Map.of("webhook", new Rate(5, 600)))));

    @AfterEach
    void close() {
        bench.close();
    }

    private void fault(String camera, String line) {
        bench.camera(camera, line, "한빛");
        bench.turns(camera, HEALTHY, LINE_FAULT);
    }

    @Test
    void floodGoesAsDigestsAndEachNoticeNamesTheOneThatCarriedIt() throws Exception {
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        for (int i = 0; i < 250; i++) {
            fault("C-" + i, "L-17");
        }
        while (bench.consume() > 0) {
            // all of it, before anything is sent
        }
        bench.start();
        List<Notification> all =
                bench.until(
                        found ->
                                found.size() >= 253
                                        && found.stream().allMatch(n -> n.status() == SENT));
        List<Receiver.Hook> hooks = bench.receiver.rest();
        assertThat(hooks.size()).isLessThanOrEqualTo(8);
        Set<String> heard = new HashSet<>();
        for (Receiver.Hook hook : hooks) {
            assertThat(hook.header("Webhook-Id")).isEqualTo(hook.text("id"));
            if (hook.text("event").equals("DIGEST")) {
                hook.json().path("notices").forEach(one -> heard.add(one.path("id").asString()));
            } else {
                heard.add(hook.text("id"));
            }
        }
        List<Notification> opened = all.stream().filter(n -> n.event() == OPENED).toList();
        assertThat(opened).hasSize(250).extracting(Notification::id).allMatch(heard::contains);
        Set<String> digests = new HashSet<>();
        all.stream().filter(n -> n.event() == DIGEST).forEach(n -> digests.add(n.id()));
        assertThat(digests).isNotEmpty();
        assertThat(opened)
                .filteredOn(n -> n.digestId() != null)
                .extracting(Notification::digestId)
                .allMatch(digests::contains);
        assertThat(hooks.getFirst().text("text"))
                .startsWith("[알림 100건 묶음] 장애 100건")
                .contains("- [회선 장애] 터미널 앞 (C-", "… 외 80건");
    }

    @Test
    void digestThatFailsIsTriedAgainUnderItsIdAndWhatEndsMeanwhileWaitsForIt() throws Exception {
        AtomicInteger answer = new AtomicInteger(500);
        bench.receiver.answer("/line", _ -> Mono.just(answer.get()));
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        for (int i = 0; i < 20; i++) {
            fault("C-" + i, "L-17");
        }
        bench.consume();
        bench.start();
        List<Notification> failed =
                bench.until(
                        found ->
                                found.stream()
                                        .anyMatch(
                                                n -> n.event() == DIGEST && n.status() == FAILED));
        Notification digest =
                failed.stream().filter(n -> n.event() == DIGEST).findFirst().orElseThrow();
        assertThat(failed)
                .filteredOn(n -> n.event() == OPENED)
                .hasSize(20)
                .allMatch(n -> n.status() == FAILED && digest.id().equals(n.digestId()));
        // one word to the control room, not twenty
        assertThat(failed)
                .filteredOn(n -> n.event() == ESCALATED)
                .extracting(Notification::recipientId)
                .containsExactly("control-room");
        bench.turns("C-3", LINE_FAULT, HEALTHY);
        bench.until(found -> found.stream().anyMatch(n -> n.event() == RECOVERED));
        answer.set(200);
        bench.until(found -> found.stream().allMatch(n -> n.status() == SENT));
        List<Receiver.Hook> hooks = bench.receiver.rest();
        assertThat(hooks.getLast().text("event")).isEqualTo("RECOVERED");
        assertThat(hooks.subList(0, hooks.size() - 1))
                .extracting(hook -> hook.header("Webhook-Id"))
                .containsOnly(digest.id());
    }

    @Test
    void failedGoesOutOnAChannelThatWasNotUsedThenToTheControlRoomAndNoFurther() {
        bench.recipient("room", CONTROL_ROOM, List.of(), new RecipientChannel.Inbox());
        bench.receiver.answer("/one", _ -> Mono.just(500));
        bench.receiver.answer("/two", _ -> Mono.just(500));
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/one"));
        fault("C-1", "L-17");
        bench.consume();
        bench.recipientChannels("line-17", bench.webhook("/one"), bench.webhook("/two"));
        bench.start();
        List<Notification> all =
                bench.until(
                        found ->
                                found.size() == 3
                                        && found.get(1).status() == FAILED
                                        && found.get(2).status() == FAILED);
        assertThat(all.get(1).event()).isEqualTo(ESCALATED);
        assertThat(all.get(1).recipientId()).isEqualTo("line-17");
        assertThat(all.get(1).escalatedFrom()).isEqualTo(all.get(2).id());
        assertThat(all.get(0).recipientId()).isEqualTo("room");
        assertThat(all.get(0).status()).isEqualTo(SENT);
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        // the fault's end is told once to each; nobody is told twice that it could not be told
        List<Notification> ended =
                bench.until(
                        found -> found.stream().filter(n -> n.event() == RECOVERED).count() == 3);
        assertThat(ended).filteredOn(n -> n.event() == RECOVERED).hasSize(3);
    }

    @Test
    void receiverThatAsksForTimeIsLeftAloneForIt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        bench.receiver.answer("/line", hook -> Mono.just(calls.getAndIncrement() == 0 ? 429 : 200));
        bench.receiver.header("/line", "Retry-After", "1");
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        fault("C-1", "L-17");
        bench.start();
        Receiver.Hook first = bench.receiver.next();
        Receiver.Hook second = bench.receiver.next();
        assertThat(second.nanos() - first.nanos()).isGreaterThan(950_000_000L);
        assertThat(second.header("Webhook-Id")).isEqualTo(first.header("Webhook-Id"));
        // more than all the quick gaps together: it counted as FAILED, and a late success made it
        // SENT
        List<Notification> all =
                bench.until(found -> found.getLast().status() == SENT && found.size() == 2);
        assertThat(all.getFirst().event()).isEqualTo(ESCALATED);
    }
}
