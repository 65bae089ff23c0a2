package cctvout.status;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.status.Judgement.Conclusive;
import cctvout.status.Judgement.Inconclusive;
import cctvout.status.StatusTransition.Evidence;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class CameraStateTest {

    private static final CameraId ID = new CameraId("c-1");
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final ConfirmPolicy POLICY = ConfirmPolicy.STANDARD;
    private static final Judgement GOOD = new Conclusive(Verdict.HEALTHY, "OK");
    private static final Judgement LINE = new Conclusive(Verdict.LINE_FAULT, "ICMP_TIMEOUT");
    private static final Judgement CAMERA = new Conclusive(Verdict.CAMERA_FAULT, "HTTP_404");

    @Test
    void theFirstGoodResultMakesANewCameraHealthy() {
        var step = CameraState.unknown(ID, T0).accept(GOOD, Evidence.NONE, T0, POLICY);
        assertThat(step.transition()).isNotNull();
        assertThat(step.state().verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aFaultIsConfirmedByTheReprobesAfterTwoAndFiveSeconds() {
        var first = healthy().accept(LINE, Evidence.NONE, T0, POLICY);
        assertThat(first.transition()).isNull();
        assertThat(first.lookAgainAt()).isEqualTo(T0.plusSeconds(2));

        var second = first.state().accept(LINE, Evidence.NONE, T0.plusSeconds(2), POLICY);
        assertThat(second.transition()).isNull();
        assertThat(second.lookAgainAt()).isEqualTo(T0.plusSeconds(5));

        var third = second.state().accept(LINE, Evidence.NONE, T0.plusSeconds(5), POLICY);
        assertThat(third.transition())
                .isEqualTo(
                        new StatusTransition(
                                0,
                                ID,
                                Verdict.HEALTHY,
                                Verdict.LINE_FAULT,
                                "ICMP_TIMEOUT",
                                Evidence.NONE,
                                T0.plusSeconds(5)));
        assertThat(third.state().doubt()).isNull();
    }

    @Test
    void aClockThatWasSetBackDelaysNoReprobe() {
        var first = healthy().accept(LINE, Evidence.NONE, T0, POLICY);
        Instant earlier = T0.minusSeconds(3600);
        var second = first.state().accept(LINE, Evidence.NONE, earlier, POLICY);
        assertThat(second.lookAgainAt()).isEqualTo(earlier.plusSeconds(5));
    }

    @Test
    void aGoodReprobeForgetsTheDoubt() {
        var doubting = healthy().accept(LINE, Evidence.NONE, T0, POLICY).state();
        var well = doubting.accept(GOOD, Evidence.NONE, T0.plusSeconds(2), POLICY);
        assertThat(well.transition()).isNull();
        assertThat(well.state().doubt()).isNull();
    }

    @Test
    void oneGoodResultRecovers() {
        var step = down().accept(GOOD, Evidence.NONE, T0, POLICY);
        assertThat(step.state().verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(step.transition()).isNotNull();
    }

    @Test
    void recoveryCanBeMadeToNeedMore() {
        var careful = new ConfirmPolicy(POLICY.reprobes(), 2);
        var once = down().accept(GOOD, Evidence.NONE, T0, careful);
        assertThat(once.transition()).isNull();
        assertThat(
                        once.state()
                                .accept(GOOD, Evidence.NONE, T0.plusSeconds(2), careful)
                                .transition())
                .isNotNull();
    }

    @Test
    void withoutReprobesARecoveryThatNeedsManyIsLookedAtOnceASecond() {
        var atOnceDown = new ConfirmPolicy(List.of(), 4);
        CameraState state = down();
        for (int i = 0; i < 3; i++) {
            var step = state.accept(GOOD, Evidence.NONE, T0.plusSeconds(i), atOnceDown);
            assertThat(step.lookAgainAt()).isEqualTo(T0.plusSeconds(i + 1));
            state = step.state();
        }
        assertThat(state.accept(GOOD, Evidence.NONE, T0.plusSeconds(3), atOnceDown).transition())
                .isNotNull();
    }

    @Test
    void resultsThatDisagreeAmongThemselvesEndInTheNewestOfThem() {
        CameraState state = healthy();
        List<StatusTransition> transitions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            var step =
                    state.accept(
                            i % 2 == 0 ? LINE : CAMERA, Evidence.NONE, T0.plusSeconds(i), POLICY);
            state = step.state();
            if (step.transition() != null) {
                transitions.add(step.transition());
            }
        }
        assertThat(transitions)
                .singleElement()
                .satisfies(t -> assertThat(t.to()).isEqualTo(Verdict.CAMERA_FAULT));
    }

    @Test
    void anInconclusiveResultNeitherConfirmsNorForgets() {
        var doubting = healthy().accept(LINE, Evidence.NONE, T0, POLICY).state();
        var step =
                doubting.accept(
                        new Inconclusive("BLIND"), Evidence.NONE, T0.plusSeconds(2), POLICY);
        assertThat(step.state()).isEqualTo(doubting);
        assertThat(step.lookAgainAt()).isNotNull();
    }

    @Test
    void aStreamThatHasStillToBeSeenMovingEndsNoFault() {
        var unproven = new Evidence(null, VerdictRuleTest.stream(HlsReason.FRESHNESS_UNPROVEN));
        assertThat(down().accept(GOOD, unproven, T0, POLICY).transition()).isNull();
        assertThat(CameraState.unknown(ID, T0).accept(GOOD, unproven, T0, POLICY).transition())
                .isNotNull();
    }

    @Test
    void norDoesItTurnAFaultIntoADegradation() {
        Judgement noEcho = new Conclusive(Verdict.DEGRADED, "NO_ECHO");
        var unproven = new Evidence(null, VerdictRuleTest.stream(HlsReason.FRESHNESS_UNPROVEN));
        var moving = new Evidence(null, VerdictRuleTest.stream(HlsReason.OK));
        CameraState state = down();
        for (int i = 0; i < 6; i++) {
            var step = state.accept(noEcho, unproven, T0.plusSeconds(i), POLICY);
            assertThat(step.transition()).isNull();
            state = step.state();
        }
        for (int i = 6; i < 9; i++) {
            state = state.accept(noEcho, moving, T0.plusSeconds(i), POLICY).state();
        }
        assertThat(state.verdict()).isEqualTo(Verdict.DEGRADED);

        CameraState well = healthy();
        for (int i = 0; i < 3; i++) {
            well = well.accept(noEcho, unproven, T0.plusSeconds(i), POLICY).state();
        }
        assertThat(well.verdict()).as("no fault ends").isEqualTo(Verdict.DEGRADED);
    }

    @Test
    void aCameraThatIsNoLongerProbedLeavesItsFault() {
        var step = down().retire("CAMERA_REMOVED", T0);
        assertThat(step.transition()).isNotNull();
        assertThat(step.state().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(CameraState.unknown(ID, T0).retire("CAMERA_REMOVED", T0).transition()).isNull();
    }

    @Test
    void transitionsAlwaysChainAndNeverConfirmAloneWhateverTheResults() {
        Random random = new Random(7);
        Judgement[] all = {
            GOOD, LINE, CAMERA, new Conclusive(Verdict.DEGRADED, "LOSS"), new Inconclusive("BLIND")
        };
        for (int run = 0; run < 2000; run++) {
            CameraState state = CameraState.unknown(ID, T0);
            Verdict known = Verdict.UNKNOWN;
            int deviating = 0;
            Instant at = T0;
            for (int i = 0; i < 60; i++) {
                at = at.plus(Duration.ofSeconds(1));
                Judgement judgement = all[random.nextInt(all.length)];
                if (judgement instanceof Conclusive(var verdict, var _)) {
                    deviating = verdict == known ? 0 : deviating + 1;
                }
                var step = state.accept(judgement, Evidence.NONE, at, POLICY);
                StatusTransition moved = step.transition();
                if (moved != null) {
                    assertThat(moved.from()).isEqualTo(known).isNotEqualTo(moved.to());
                    assertThat(deviating)
                            .isGreaterThanOrEqualTo(moved.to() == Verdict.HEALTHY ? 1 : 3);
                    known = moved.to();
                    deviating = 0;
                }
                assertThat(step.state().verdict()).isEqualTo(known);
                assertThat(deviating).isLessThan(POLICY.resultsAtMost());
                state = step.state();
            }
        }
    }

    @Test
    void aFaultIsOneTransitionInAndOneOutAndInconclusiveResultsMoveNothing() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Duration> reprobes = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                reprobes.add(Duration.ofMillis(100 + random.nextInt(5_000)));
            }
            var policy = new ConfirmPolicy(reprobes, 1 + random.nextInt(3));
            CameraState state = CameraState.unknown(ID, T0);
            List<StatusTransition> log = new ArrayList<>();
            int good = 0;
            Instant at = T0;
            for (int i = 0; i < 300; i++) {
                at = at.plusMillis(1 + random.nextInt(10_000));
                Judgement judgement = any(random);
                var step = state.accept(judgement, Evidence.NONE, at, policy);
                if (judgement instanceof Inconclusive) {
                    assertThat(step.state()).as("seed %d", seed).isEqualTo(state);
                    assertThat(step.transition()).isNull();
                } else {
                    good = judgement.equals(GOOD) ? good + 1 : 0;
                }
                StatusTransition moved = step.transition();
                if (moved != null) {
                    assertThat(moved.to()).isEqualTo(((Conclusive) judgement).verdict());
                    if (moved.to() == Verdict.HEALTHY) {
                        assertThat(good).as("seed %d", seed).isEqualTo(policy.recoverAfter());
                    }
                    log.add(moved);
                }
                assertThat(step.lookAgainAt() == null || !step.lookAgainAt().isBefore(at)).isTrue();
                state = step.state();
            }
            var last = state.retire("CAMERA_REMOVED", at).transition();
            if (last != null) {
                log.add(last);
            }
            inAndOutByTurns(log, seed);
        }
    }

    private static Judgement any(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> GOOD;
            case 4, 5 -> LINE;
            case 6 -> CAMERA;
            case 7 -> new Conclusive(Verdict.DEGRADED, "LOSS");
            default -> new Inconclusive("BLIND");
        };
    }

    /**
     * Each begins where the one before ended, later in time: so each fault has one way in and out.
     */
    private static void inAndOutByTurns(List<StatusTransition> log, long seed) {
        Verdict now = Verdict.UNKNOWN;
        Instant before = T0;
        int in = 0;
        int out = 0;
        for (StatusTransition moved : log) {
            assertThat(moved.from()).as("seed %d", seed).isEqualTo(now).isNotEqualTo(moved.to());
            assertThat(moved.occurredAt()).isAfterOrEqualTo(before);
            in += moved.to().isFault() ? 1 : 0;
            out += moved.from().isFault() ? 1 : 0;
            now = moved.to();
            before = moved.occurredAt();
        }
        assertThat(now).isEqualTo(Verdict.UNKNOWN);
        assertThat(in).as("seed %d", seed).isEqualTo(out);
    }

    private static CameraState healthy() {
        return new CameraState(ID, Verdict.HEALTHY, "OK", T0, null);
    }

    private static CameraState down() {
        return new CameraState(ID, Verdict.LINE_FAULT, "ICMP_TIMEOUT", T0, null);
    }
}
