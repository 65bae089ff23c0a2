package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.Outbox.Waiting;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class SendLanesTest {

    private static final Delivery SENT = new Delivery.Sent();
    private static final Delivery.Failed FAILED = Delivery.Failed.refused(FailureCause.http(500));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SendLanes lanes = new SendLanes(settings(4, 2));

    @Test
    void endpointTakesNoMoreThanItsShareOverAllItsLanes() {
        assertThat(rooms(wish("a", "mail", 5), wish("b", "mail", 5)))
                .containsExactly(Map.entry("a/webhook", 2));
        lanes.taken("a/webhook", "mail", NOW);
        assertThat(rooms(wish("a", "mail", 5), wish("b", "mail", 5)))
                .containsExactly(Map.entry("a/webhook", 1));
        lanes.taken("b/webhook", "mail", NOW);
        assertThat(rooms(wish("a", "mail", 5))).isEmpty();
        assertThat(lanes.free()).isEqualTo(2);
        lanes.done("mail", SENT, NOW);
        assertThat(rooms(wish("b", "mail", 5))).containsEntry("b/webhook", 1);
    }

    @Test
    void ailingEndpointsTogetherLeaveHalfToTheOthers() {
        for (String endpoint : new String[] {"a", "b", "c"}) {
            lanes.taken(endpoint + "/webhook", endpoint, NOW);
            lanes.done(endpoint, FAILED, NOW);
        }
        assertThat(rooms(wish("a", "a", 9), wish("b", "b", 9)))
                .containsEntry("a/webhook", 1)
                .containsEntry("b/webhook", 1);
        lanes.taken("a/webhook", "a", NOW);
        lanes.taken("b/webhook", "b", NOW);
        assertThat(rooms(wish("c", "c", 9), wish("d", "d", 9)))
                .doesNotContainKey("c/webhook")
                .containsEntry("d/webhook", 2);
        lanes.done("a", SENT, NOW);
        assertThat(rooms(wish("c", "c", 9), wish("a", "a", 9)))
                .containsEntry("c/webhook", 1)
                .containsKey("a/webhook");
    }

    @Test
    void whatIsMoreThanItsRateOverflowsIntoOneDigest() {
        SendLanes.Plan plan = lanes.plan(List.of(wish("a", "a", 4)), NOW);
        assertThat(plan.overflowing()).extracting(Waiting::lane).containsExactly("a/webhook");
        assertThat(plan.rooms()).containsExactly(Map.entry("a/webhook", 1));
        for (int i = 0; i < 3; i++) {
            lanes.taken("a/webhook", "a", NOW);
            lanes.done("a", SENT, NOW);
        }
        // empty: nothing goes, nothing is gathered until there is room for the digest
        assertThat(lanes.plan(List.of(wish("a", "a", 4)), NOW))
                .isEqualTo(new SendLanes.Plan(Map.of(), List.of()));
        assertThat(lanes.plan(List.of(wish("a", "a", 4)), NOW.plusSeconds(1)).overflowing())
                .hasSize(1);
    }

    @Test
    void endpointThatFailsAgainAndAgainIsLeftAloneAndItsLanesAreNamedWhenItIsWell() {
        for (int i = 0; i < 5; i++) {
            assertThat(lanes.taken("a/webhook", "a", NOW)).isNull();
            lanes.done("a", FAILED, NOW);
        }
        Delivery.Skipped skipped = Objects.requireNonNull(lanes.taken("b/webhook", "a", NOW));
        assertThat(skipped)
                .as("why the last try failed, and when the next may be made")
                .isEqualTo(
                        new Delivery.Skipped(FailureCause.http(500), Duration.ofSeconds(30), null));
        assertThat(lanes.done("a", skipped, NOW)).isEmpty();
        assertThat(lanes.dead(NOW)).containsExactlyInAnyOrder("a/webhook", "b/webhook");
        assertThat(rooms(wish("b", "a", 9))).containsEntry("b/webhook", 2);
        Instant later = NOW.plusSeconds(30);
        assertThat(lanes.taken("a/webhook", "a", later)).isNull();
        assertThat(lanes.taken("b/webhook", "a", later)).isNotNull();
        assertThat(lanes.done("a", SENT, later))
                .containsExactlyInAnyOrder("a/webhook", "b/webhook");
        assertThat(lanes.breakers(later)).isEmpty();
    }

    @Test
    void receiverThatAsksToBeLeftAloneIs() {
        assertThat(lanes.taken("a/webhook", "a", NOW)).isNull();
        lanes.done("a", FAILED.after(Duration.ofSeconds(20)), NOW);
        Delivery.Skipped skipped =
                Objects.requireNonNull(lanes.taken("a/webhook", "a", NOW.plusSeconds(5)));
        assertThat(skipped.asked()).isEqualTo(Duration.ofSeconds(15));
        assertThat(lanes.taken("a/webhook", "a", NOW.plusSeconds(20))).isNull();
    }

    @Test
    void oneThatEndsNoTryForASecondCountsAsAiling() {
        lanes.taken("a/webhook", "a", NOW);
        lanes.taken("a/webhook", "a", NOW);
        assertThat(rooms(NOW, wish("b", "b", 9))).containsEntry("b/webhook", 2);
        Instant later = NOW.plusMillis(1001);
        lanes.taken("b/webhook", "b", later);
        lanes.done("b", FAILED, later);
        // the half that is for those who ail is a's alone
        assertThat(rooms(later, wish("b", "b", 9))).isEmpty();
        assertThat(rooms(later, wish("d", "d", 9))).containsEntry("d/webhook", 2);
        lanes.done("a", SENT, later);
        assertThat(rooms(later, wish("b", "b", 9))).containsEntry("b/webhook", 1);
    }

    @Test
    void manyThatAilGetNoMoreThanHalfInOneGo() {
        List<SendLanes.Wish> all = new ArrayList<>();
        for (String endpoint : new String[] {"p", "q", "r", "s", "t"}) {
            lanes.taken(endpoint + "/webhook", endpoint, NOW);
            lanes.done(endpoint, FAILED, NOW);
            all.add(wish(endpoint, endpoint, 9));
        }
        all.add(wish("well", "well", 9));
        assertThat(lanes.plan(all, NOW).rooms())
                .containsOnlyKeys("p/webhook", "q/webhook", "well/webhook");
    }

    @Test
    void whatIsRefusedForItselfLeavesItsEndpointWell() {
        for (int i = 0; i < 20; i++) {
            assertThat(lanes.taken("a/webhook", "a", NOW)).isNull();
            lanes.done("a", Delivery.Failed.itself(FailureCause.http(422)), NOW);
        }
        assertThat(lanes.dead(NOW)).isEmpty();
        assertThat(lanes.breakers(NOW)).isEmpty();
    }

    @Test
    void oneThatIsNotKnownBeginsWithTwoAndEarnsMore() {
        SendLanes wide = new SendLanes(settings(64, 8));
        SendLanes.Wish wish = wish("a", "a", 100);
        List<Integer> rooms = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            rooms.addAll(
                    wide.plan(List.of(new SendLanes.Wish(wish.waiting(), "a")), NOW)
                            .rooms()
                            .values());
            wide.taken("other/webhook", "a", NOW);
            wide.done("a", SENT, NOW);
        }
        assertThat(rooms).containsExactly(2, 3, 3, 3);
    }

    private Map<String, Integer> rooms(Instant now, SendLanes.Wish... wishes) {
        return lanes.plan(Arrays.asList(wishes), now).rooms();
    }

    private Map<String, Integer> rooms(SendLanes.Wish... wishes) {
        return lanes.plan(Arrays.asList(wishes), NOW).rooms();
    }

    private static SendLanes.Wish wish(String recipient, String endpoint, int due) {
        int singles = recipient.equals("a") && due == 4 ? due : Math.min(due, 3);
        return new SendLanes.Wish(
                new Waiting(recipient, "webhook", "webhook", singles, due - singles), endpoint);
    }

    private static NotificationSettings settings(int parallelism, int perChannel) {
        NotificationSettings standard = NotificationSettings.standard(List.of());
        return new NotificationSettings(
                List.of(),
                standard.deadline(),
                standard.lease(),
                parallelism,
                perChannel,
                standard.poll(),
                standard.maxResponse(),
                standard.retry(),
                standard.unsentOpened(),
                standard.timeZone(),
                standard.controlRoomLanguage(),
                standard.breaker(),
                Map.of("webhook", new NotificationSettings.Rate(3, 60)),
                500,
                null);
    }
}
