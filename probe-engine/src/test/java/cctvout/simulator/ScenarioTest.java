package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;

class ScenarioTest {

    @Test
    void aFileIsReadWithItsComments() {
        Scenario scenario =
                Scenario.parse(
                        """
                        \uFEFF# a first line
                        at 1m line L-03 cut for 40s   # a whole line

                        at 10s cameras 1-50 freeze for 30s\r
                        at 500ms camera 7 404
                        at 90s district 동남구 lossy for 10s
                        at 2m server 1 503 for 30s
                        at 1h all recover
                        repeat every 2h
                        """);
        assertThat(scenario.period()).isEqualTo(Duration.ofHours(2));
        assertThat(scenario.steps())
                .containsExactly(
                        step(500, Target.camera(7), Fault.NOT_FOUND, 0),
                        step(10_000, new Target.Cameras(1, 50), Fault.FREEZE, 30_000),
                        step(60_000, new Target.Line("L-03"), Fault.CUT, 40_000),
                        step(90_000, new Target.District("동남구"), Fault.LOSSY, 10_000),
                        step(120_000, new Target.Server(1), Fault.UNAVAILABLE, 30_000),
                        new Scenario.Step(Duration.ofHours(1), new Target.All(), null, null));
    }

    private static Scenario.Step step(long atMs, Target target, Fault fault, long lengthMs) {
        return new Scenario.Step(
                Duration.ofMillis(atMs),
                target,
                fault,
                lengthMs == 0 ? null : Duration.ofMillis(lengthMs));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on 10s camera 1 404 | line 2: \"on\" where \"at\" or \"repeat\" is expected",
                "at ten camera 1 404 | line 2: \"ten\" where a time such as 500ms, 10s, 2m or 1h",
                "at 10s lamp 1 404 | line 2: \"lamp\" where camera, cameras, line, district",
                "at 10s camera 0 404 | line 2: \"0\" where a number from 1",
                "at 10s cameras 9-3 404 | line 2: \"9-3\" where a number from 1",
                "at 10s camera 1 freez | line 2: \"freez\" where recover, freeze, 404, 500",
                "at 10s camera 1 404 until 3s | line 2: \"until\" where \"for\" is expected",
                "at 10s camera 1 404 for 3s 4s | line 2: \"4s\" where the end of the line",
                "at 10s camera 1 404 for 0s | line 2: for: above 0s",
                "at 999999999h all 404 | line 2: at: between 0s and 168h",
                "at 10s camera 1 recover for 3s | line 2: \"for\" where the end of the line",
                "at 10s camera | line 2: ends where a number from 1",
                "at 10s server x 503 | line 2: \"x\" where a media server's number",
                "repeat every 0s | repeat: between 1s and 168h",
                "repeat 5s | line 2: \"5s\" where \"every\" is expected",
            })
    void anErrorNamesTheLineTheWordAndWhatIsExpected(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.parse("# first\n" + line))
                .withMessageStartingWith(message);
    }

    @Test
    void aSecondRepeatIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.parse("repeat every 5s\nrepeat every 6s"))
                .withMessage("line 2: \"repeat\" was said before");
    }

    @Test
    void sizeIsBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.parse("at 1s all 404\n".repeat(10_001)))
                .withMessage("line 10001: more than 10000 steps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.parse(" ".repeat(ScenarioParser.MAX_CHARACTERS + 1)))
                .withMessage("scenario: more than 1048576 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> board(Fleet.of(1000), Scenario.parse("at 1s all 404\n".repeat(2001))))
                .withMessageContaining("more than 2000000 faults");
    }

    @Test
    void whoIsNotInTheFleetIsNamed() {
        Fleet fleet = Fleet.of(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board(fleet, Scenario.parse("at 1s camera 11 404")))
                .withMessage("camera 11: the fleet has 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board(fleet, Scenario.parse("at 1s line L-99 cut")))
                .withMessage("line L-99: the fleet has none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board(fleet, Scenario.parse("at 1s server 1 503")))
                .withMessage("server 1: the fleet has 0");
    }

    private static FaultBoard board(Fleet fleet, Scenario scenario) {
        return new FaultBoard(fleet, scenario, Clock.systemUTC());
    }

    @Test
    void aRepeatedScenarioBeginsAnew() {
        var clock = new MovableClock();
        var board =
                new FaultBoard(
                        Fleet.of(2),
                        Scenario.parse("at 2s camera 1 404 for 3s\nrepeat every 10s"),
                        clock);
        var seen = new StringBuilder();
        for (int second = 0; second < 22; second++) {
            seen.append(board.fault(1) == null ? '.' : 'x');
            assertThat(board.fault(2)).isNull();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(seen.toString()).isEqualTo("..xxx.......xxx.......");
    }

    @Test
    void theLatestStepCounts() {
        var clock = new MovableClock();
        var board =
                new FaultBoard(
                        Fleet.of(1),
                        Scenario.parse("at 0s all freeze for 9s\nat 3s camera 1 404 for 2s"),
                        clock);
        assertThat(board.fault(1)).isEqualTo(Fault.FREEZE);
        clock.advance(Duration.ofSeconds(3));
        assertThat(board.fault(1)).isEqualTo(Fault.NOT_FOUND);
        clock.advance(Duration.ofSeconds(2));
        assertThat(board.fault(1)).isNull();
    }
}
