package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.Edge.Motion;
import cctvout.hls.Freshness.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class FreshnessTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TARGET = Duration.ofSeconds(10);

    private static Edge seen(long position, double second) {
        return seen(position, 0, "seg", second);
    }

    private static Edge seen(long position, int parts, String prefix, double second) {
        Instant at = START.plusMillis((long) (second * 1000));
        return new Edge(position, parts, prefix, at, TARGET, Motion.UNPROVEN);
    }

    private static Freshness look(Freshness before, Edge now) {
        return Freshness.judge(before.edge(), now);
    }

    private static Freshness first() {
        return Freshness.judge(null, seen(100, 0));
    }

    private static Freshness proven() {
        return look(first(), seen(105, 50));
    }

    @Test
    void firstLookProvesNothingAndAsksForASecond() {
        assertThat(first().state()).isEqualTo(State.UNPROVEN);
        assertThat(first().lookAgainAfter()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void edgeThatMovedIsFresh() {
        assertThat(proven().state()).isEqualTo(State.FRESH);
        assertThat(proven().lookAgainAfter()).isNull();
        assertThat(proven().edge().motion()).isEqualTo(Motion.PROVEN);
    }

    @Test
    void partThatWasAddedIsProgress() {
        Freshness before = Freshness.judge(null, seen(100, 1, "seg", 0));

        assertThat(look(before, seen(100, 2, "seg", 1)).state()).isEqualTo(State.FRESH);
    }

    @Test
    void partsThatBecameASegmentAreProgress() {
        Freshness before = Freshness.judge(null, seen(100, 4, "seg", 0));

        assertThat(look(before, seen(101, 0, "seg", 1)).state()).isEqualTo(State.FRESH);
    }

    @Test
    void secondLookAtAnUnmovedEdgeWaitsForTheLimit() {
        Freshness second = look(first(), seen(100, 20));

        assertThat(second.state()).isEqualTo(State.UNPROVEN);
        assertThat(second.lookAgainAfter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(look(second, seen(100, 34.9)).state()).isEqualTo(State.UNPROVEN);
        assertThat(look(second, seen(100, 35)).state()).isEqualTo(State.STALE);
    }

    @Test
    void edgeThatMovedBeforeStaysFreshUntilTheLimit() {
        Freshness soon = look(proven(), seen(105, 60));

        assertThat(soon.state()).isEqualTo(State.FRESH);
        assertThat(soon.lookAgainAfter()).isEqualTo(Duration.ofSeconds(25));
        assertThat(look(soon, seen(105, 85)).state()).isEqualTo(State.STALE);
    }

    @Test
    void staleStaysStaleUntilItMoves() {
        Freshness stale = look(first(), seen(100, 900));

        assertThat(stale.state()).isEqualTo(State.STALE);
        assertThat(look(stale, seen(100, 902)).state()).isEqualTo(State.STALE);
        assertThat(look(stale, seen(101, 902)).state()).isEqualTo(State.FRESH);
    }

    @Test
    void sequenceThatWentBackIsDoubtedThenResetWhenItAdvances() {
        Freshness back = look(proven(), seen(3, 100));

        assertThat(back.state()).isEqualTo(State.DOUBTED);
        assertThat(back.lookAgainAfter()).isEqualTo(Duration.ofSeconds(15));
        Freshness reset = look(back, seen(4, 115));
        assertThat(reset.state()).isEqualTo(State.RESET);
        assertThat(look(reset, seen(5, 125)).state()).isEqualTo(State.FRESH);
    }

    @Test
    void sequenceThatWentBackAndStaysIsRegressed() {
        Freshness back = look(proven(), seen(3, 100));

        Freshness early = look(back, seen(3, 105));
        assertThat(early.state()).isEqualTo(State.DOUBTED);
        assertThat(early.lookAgainAfter()).isEqualTo(Duration.ofSeconds(10));
        Freshness regressed = look(early, seen(3, 115));
        assertThat(regressed.state()).isEqualTo(State.REGRESSED);
        assertThat(look(regressed, seen(3, 117)).state()).isEqualTo(State.REGRESSED);
        assertThat(look(regressed, seen(4, 119)).state()).isEqualTo(State.RESET);
    }

    @Test
    void packagerThatRestartsAgainAndAgainIsRegressed() {
        Freshness back = look(proven(), seen(3, 100));

        assertThat(look(back, seen(1, 115)).state()).isEqualTo(State.REGRESSED);
    }

    @Test
    void overdueEdgeUnderANewNameIsLookedAtOnceMore() {
        Freshness before = look(first(), seen(100, 0, "media_w1_", 1));

        Freshness renamed = look(before, seen(100, 0, "media_w2_", 900));
        assertThat(renamed.state()).isEqualTo(State.DOUBTED);
        assertThat(renamed.lookAgainAfter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(look(renamed, seen(100, 0, "media_w3_", 915)).state()).isEqualTo(State.STALE);
        assertThat(look(renamed, seen(101, 0, "media_w3_", 915)).state()).isEqualTo(State.FRESH);
    }

    @Test
    void clockSetBackMakesNoFault() {
        Freshness back = look(proven(), seen(105, -3600));

        assertThat(back.state()).isEqualTo(State.FRESH);
        assertThat(back.lookAgainAfter()).isEqualTo(Duration.ofSeconds(35));
        assertThat(back.edge().movedAt()).isEqualTo(START.minusSeconds(3600));
    }

    @Test
    void prefixIsTheFileNameUpToItsLastNumber() {
        assertThat(Edge.prefixOf("a/b1/media_w12_34.ts?t=5/6")).isEqualTo("media_w12_");
        assertThat(Edge.prefixOf("34.ts")).isEmpty();
        assertThat(Edge.prefixOf("live.ts")).isEqualTo("live.ts");
        assertThat(Edge.prefixOf("")).isEmpty();
        assertThat(Edge.prefixOf("x".repeat(500) + "1.ts")).hasSize(64);
    }
}
