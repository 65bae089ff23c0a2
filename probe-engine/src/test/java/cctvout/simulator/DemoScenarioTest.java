package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

class DemoScenarioTest {

    private final MovableClock clock = new MovableClock();
    private final Fleet fleet = DemoCity.fleet();

    private long inTrouble(FaultBoard board) {
        return fleet.cameras().stream()
                .filter(
                        camera ->
                                board.stream(camera) != null
                                        || board.fault(camera.number()) != null)
                .count();
    }

    @Test
    void theSameSeedMakesTheSameScenario() {
        assertThat(DemoScenario.of(3)).isEqualTo(DemoScenario.of(3));
        assertThat(DemoScenario.of(3)).isNotEqualTo(DemoScenario.of(4));
    }

    @Test
    void neverMoreThanEightPercentAreInTroubleAndNeverForLongNobody() {
        var board = new FaultBoard(fleet, DemoScenario.of(1), clock);
        for (int second = 0; second < 700; second++) {
            long bad = inTrouble(board);
            assertThat(bad).isLessThanOrEqualTo(40);
            if (second % 600 > 15) {
                assertThat(bad).as("second " + second).isPositive();
            }
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void theFirstMinuteShowsEveryKindOfFaultAndRecoveries() {
        var board = new FaultBoard(fleet, DemoScenario.of(1), clock);
        Set<Fault> seen = EnumSet.noneOf(Fault.class);
        boolean serverFailed = false;
        int mostOfALine = 0;
        for (int second = 0; second < 60; second++) {
            fleet.cameras().stream()
                    .map(camera -> board.fault(camera.number()))
                    .filter(Objects::nonNull)
                    .forEach(seen::add);
            for (int server : fleet.servers()) {
                serverFailed |= board.address(server) != null;
            }
            long cut =
                    fleet.cameras().stream()
                            .filter(camera -> board.fault(camera.number()) == Fault.CUT)
                            .count();
            mostOfALine = Math.max(mostOfALine, (int) cut);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(seen).contains(Fault.CUT, Fault.FREEZE, Fault.NOT_FOUND, Fault.LOSSY);
        assertThat(mostOfALine).isBetween(8, 20);
        assertThat(serverFailed).isTrue();
        assertThat(DemoScenario.of(1).steps())
                .anyMatch(
                        step ->
                                step.length() != null
                                        && step.at()
                                                        .plus(step.length())
                                                        .compareTo(Duration.ofMinutes(1))
                                                < 0);
    }

    @Test
    void aFaultLastsLongEnoughToBeConfirmed() {
        assertThat(DemoScenario.of(1).steps())
                .allMatch(
                        step ->
                                step.length() != null
                                        && step.length().compareTo(Duration.ofSeconds(30)) >= 0);
    }
}
