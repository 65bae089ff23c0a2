package cctvout.watchdog;

import static cctvout.engine.EngineState.BLIND;
import static cctvout.engine.EngineState.RUNNING;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.engine.EngineState;
import cctvout.engine.EngineStatus;
import cctvout.notification.AlarmCause;
import cctvout.watchdog.Symptoms.Key;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

class SymptomsTest {

    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Key BLINDNESS = new Key(Trouble.MONITOR_BLIND, "engine");
    private static final Key NO_PROBES = new Key(Trouble.NO_PROBES, "engine");

    private final WatchdogSettings settings =
            new WatchdogSettings(
                    Duration.ofSeconds(2),
                    null,
                    Duration.ofSeconds(20),
                    5000,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2));
    private final Symptoms symptoms = new Symptoms(settings.probing(Duration.ofMinutes(1)), T0);

    private Set<Key> at(int second, long lag) {
        return symptoms.of(
                        List.of(),
                        0,
                        Map.of(),
                        new Backlog(lag, null),
                        Set.of("vendor/webhook"),
                        T0.plusSeconds(second))
                .keySet();
    }

    private Map<Key, String> at(int second, EngineReport... engines) {
        return said(
                symptoms.of(
                        List.of(engines),
                        7,
                        Map.of(),
                        Backlog.NONE,
                        Set.of(),
                        T0.plusSeconds(second)));
    }

    /** As it stands in the table. */
    private static Map<Key, String> said(Map<Key, List<AlarmCause>> found) {
        Map<Key, String> said = new LinkedHashMap<>();
        found.forEach(
                (key, causes) ->
                        said.put(
                                key,
                                new Alarm("a", key.kind(), key.subject(), causes, T0, null)
                                        .details()));
        return said;
    }

    private static EngineReport report(String node, int second, EngineState state, int probedAt) {
        return new EngineReport(
                node,
                T0.plusSeconds(second),
                state,
                AlarmCause.unworded(state + "!"),
                5,
                T0.plusSeconds(probedAt));
    }

    @Test
    void whatPassesIsNewsWhenItLasts() {
        var dead = new Key(Trouble.CHANNEL_DEAD, "vendor/webhook");
        var lag = new Key(Trouble.LOG_LAG, "alerting");
        assertThat(at(0, 9000)).containsExactly(dead);
        assertThat(at(10, 100)).containsExactly(dead);
        assertThat(at(12, 9000)).containsExactly(dead);
        assertThat(at(31, 9000)).containsExactly(dead);
        assertThat(at(32, 9000)).containsExactly(lag, dead);
        assertThat(at(34, 5000)).containsExactly(dead);
        at(40, 9000);
        assertThat(behind(new Backlog(9000, null), 60))
                .containsExactly(
                        Map.entry(lag, "9000 transitions are not read yet, more than 5000"));
    }

    @Test
    void oneTransitionThatAlertingCannotGetPastIsNewsToo() {
        var lag = new Key(Trouble.LOG_LAG, "alerting");
        Backlog stuck = new Backlog(1, T0);
        assertThat(behind(stuck, 60)).isEmpty();
        assertThat(behind(stuck, 61)).as("what passes").isEmpty();
        assertThat(behind(stuck, 81))
                .containsExactly(
                        Map.entry(lag, "a transition of 2026-03-01T00:00:00Z is not read yet"));
        assertThat(behind(new Backlog(1, T0.plusSeconds(70)), 83)).isEmpty();
    }

    private Map<Key, String> behind(Backlog backlog, int second) {
        return said(symptoms.of(List.of(), 0, Map.of(), backlog, Set.of(), T0.plusSeconds(second)));
    }

    @Test
    void anyProcessThatIsBlindIsNamedAndOneThatIsGoneIsNot() {
        assertThat(at(10, report("a", 9, BLIND, 9)))
                .containsExactly(Map.entry(BLINDNESS, "BLIND!"));
        assertThat(at(10, report("a", 9, BLIND, 9), report("b", 9, RUNNING, 9)))
                .containsExactly(Map.entry(BLINDNESS, "a: BLIND!"));
        // b is heard of, a is not any more
        assertThat(at(60, report("a", 9, BLIND, 9), report("b", 59, RUNNING, 59))).isEmpty();
    }

    @Test
    void silenceIsTwoIntervalsOfAnyThatRuns() {
        assertThat(at(119, report("a", 119, RUNNING, 0))).isEmpty();
        assertThat(at(121, report("a", 121, RUNNING, 0), report("b", 121, RUNNING, 120)))
                .containsExactly(
                        Map.entry(NO_PROBES, "5 cameras, no probe since 2026-03-01T00:00:00Z"));
    }

    @Test
    void processThatEndedAMomentAgoIsNotSilent() {
        Symptoms brisk = new Symptoms(settings.probing(Duration.ofSeconds(1)), T0);
        EngineReport killed = report("a", 2, RUNNING, 2);
        EngineReport again = report("a", 11, RUNNING, 11);
        assertThat(
                        brisk.of(
                                List.of(killed),
                                7,
                                Map.of(),
                                Backlog.NONE,
                                Set.of(),
                                T0.plusSeconds(10)))
                .isEmpty();
        assertThat(
                        brisk.of(
                                List.of(again),
                                7,
                                Map.of(),
                                Backlog.NONE,
                                Set.of(),
                                T0.plusSeconds(12)))
                .isEmpty();
        EngineReport stuck = report("a", 14, RUNNING, 2);
        assertThat(
                        brisk.of(
                                List.of(stuck),
                                7,
                                Map.of(),
                                Backlog.NONE,
                                Set.of(),
                                T0.plusSeconds(14)))
                .containsOnlyKeys(NO_PROBES);
    }

    @Test
    void whenNobodyIsHeardOfTheLastWordStandsAndThenThatItself() {
        EngineReport last = report("a", 9, BLIND, 9);
        assertThat(at(100, last)).containsOnlyKeys(BLINDNESS);
        assertThat(at(130, last)).containsOnlyKeys(BLINDNESS, NO_PROBES);
        assertThat(at(119)).isEmpty();
        assertThat(at(121)).containsOnlyKeys(NO_PROBES);
        assertThat(symptoms.of(List.of(), 0, Map.of(), Backlog.NONE, Set.of(), T0.plusSeconds(121)))
                .as("nothing to probe")
                .isEmpty();
    }

    @Test
    void zoneThatNobodyHasIsMissedWhenItLastsAndOnlyWhereAnybodyIsHeardOf() {
        var north = new Key(Trouble.NO_PROBES, "zone north");
        assertThat(left(0, Map.of("north", 3L), 0)).isEmpty();
        assertThat(left(110, Map.of("", 9L), 110)).as("taken").isEmpty();
        assertThat(left(115, Map.of("north", 3L), 115)).isEmpty();
        assertThat(left(235, Map.of("north", 3L), 235)).as("not for longer").isEmpty();
        assertThat(left(236, Map.of("north", 3L), 236))
                .containsExactly(
                        Map.entry(north, "cameras of zone north that no process probes: 3"));
        assertThat(left(400, Map.of("north", 3L, "", 4L), 236))
                .containsExactly(
                        Map.entry(
                                NO_PROBES,
                                "7 cameras, and no process that probes was heard of since "
                                        + "2026-03-01T00:03:56Z"));
        assertThat(left(600, Map.of("north", 3L, "", 4L), 600))
                .containsOnlyKeys(north, new Key(Trouble.NO_PROBES, "zone "))
                .containsValue("cameras outside of zones with probers that no process probes: 4");
        assertThat(left(601, Map.of(), 601)).isEmpty();
    }

    private Map<Key, String> left(int second, Map<String, Long> unprobed, int heard) {
        return said(
                symptoms.of(
                        List.of(report("a", heard, RUNNING, heard)),
                        7,
                        unprobed,
                        Backlog.NONE,
                        Set.of(),
                        T0.plusSeconds(second)));
    }

    @Test
    void engineWithNothingToProbeIsNotSilent() {
        EngineWitness witness = new EngineWitness("a", T0);
        EngineStatus idle = of(0, null);
        EngineStatus busy = of(5, null);
        Instant later = T0.plusSeconds(60);
        assertThat(Objects.requireNonNull(witness.report(idle, later)).lastProbeAt())
                .isEqualTo(later);
        assertThat(Objects.requireNonNull(witness.report(busy, later.plusSeconds(9))).lastProbeAt())
                .isEqualTo(later);
        assertThat(witness.report(EngineStatus.absent("not here"), later)).isNull();
    }

    /** Five cameras that are looked at every six hours are no silence for all that time. */
    @Test
    void engineWhoseNextCheckIsNotDueYetIsNotSilentUntilItIsLate() {
        EngineWitness witness = new EngineWitness("a", T0);
        EngineStatus resting = of(5, T0.plusSeconds(6 * 3600));
        assertThat(at(5 * 3600, said(witness, resting, 5 * 3600))).isEmpty();
        int due = 6 * 3600;
        assertThat(at(due - 1, said(witness, resting, due - 1))).isEmpty();
        assertThat(at(due + 118, said(witness, resting, due + 118))).isEmpty();
        assertThat(at(due + 120, said(witness, resting, due + 120))).containsOnlyKeys(NO_PROBES);
    }

    private static EngineReport said(EngineWitness witness, EngineStatus engine, int second) {
        return Objects.requireNonNull(witness.report(engine, T0.plusSeconds(second)));
    }

    private static EngineStatus of(int cameras, @Nullable Instant nextDue) {
        return new EngineStatus(
                0, 1, "dgram", "", 0, cameras, RUNNING, "", null, List.of(), nextDue);
    }
}
