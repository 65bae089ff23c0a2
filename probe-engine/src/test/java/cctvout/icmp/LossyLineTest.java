package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.camera.CameraId;
import cctvout.lab.FaultLab;
import cctvout.status.CameraState;
import cctvout.status.ConfirmPolicy;
import cctvout.status.Observation;
import cctvout.status.VerdictRule;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Cameras behind a line that loses some of all echoes. */
class LossyLineTest {

    private static @Nullable FaultLab lab;

    @BeforeAll
    static void faults() {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        lab =
                FaultLab.create()
                        .allowPing()
                        .nft(drop("127.15.0.0/16", "numgen random mod 10 0"))
                        .nft(drop("127.16.0.0/16", "numgen random mod 10 < 3"));
    }

    @AfterAll
    static void remove() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aTenthLostMakesNoFaultWhereItIsConfirmed() {
        List<List<String>> rounds = lossy("127.15.");
        assertThat(count(rounds, "LOSS")).isGreaterThan(1_000);
        assertThat(faults(rounds)).isZero();
    }

    @Test
    void threeTenthsLostAreSeenAsLossWithHardlyASilentTrain() {
        List<List<String>> rounds = lossy("127.16.");
        // of 6,000 trains 76 % lose an echo or more and 0.8 % all four
        assertThat(count(rounds, "LOSS")).isBetween(4_250, 4_850);
        assertThat(count(rounds, "TIMEOUT")).isBetween(12, 110);
        assertThat(count(rounds, "INCONCLUSIVE")).isZero();
    }

    /** 200 cameras, 30 rounds of four echoes. */
    private static List<List<String>> lossy(String prefix) {
        List<String> cameras = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < 200; i++) {
                cameras.add(prefix + "1." + (1 + i));
            }
        }
        List<String> arguments = new ArrayList<>(List.of("DGRAM", "4", "PT0.01S", "PT0.3S"));
        arguments.addAll(cameras);
        Map<String, List<String>> byCamera =
                Objects.requireNonNull(lab)
                        .run(PingMain.class, 120, arguments.toArray(String[]::new))
                        .stream()
                        .filter(line -> line.startsWith(prefix))
                        .collect(
                                Collectors.groupingBy(
                                        line -> line.split(" ")[0],
                                        Collectors.mapping(
                                                line -> line.split(" ")[1], Collectors.toList())));
        assertThat(byCamera).hasSize(200);
        return List.copyOf(byCamera.values());
    }

    private static int count(List<List<String>> rounds, String status) {
        return rounds.stream().mapToInt(one -> Collections.frequency(one, status)).sum();
    }

    /** What the rules make of it, each next train as the re-probe of a doubt. */
    private static int faults(List<List<String>> rounds) {
        int faults = 0;
        Instant at = Instant.EPOCH;
        for (List<String> statuses : rounds) {
            CameraState state = CameraState.unknown(new CameraId("c"), at);
            for (String status : statuses) {
                var icmp =
                        new IcmpResult(
                                IcmpStatus.valueOf(status), status, 4, 0, null, null, null, at);
                Observation seen = Observation.alone(new IcmpOutcome.Measured(icmp), null);
                at = at.plusSeconds(5);
                var step =
                        state.accept(
                                VerdictRule.judge(seen),
                                seen.evidence(),
                                at,
                                ConfirmPolicy.STANDARD);
                state = step.state();
                faults += state.verdict().isFault() ? 1 : 0;
            }
        }
        return faults;
    }

    private static String drop(String range, String some) {
        return "add rule inet lab in ip daddr %s icmp type echo-request %s drop"
                .formatted(range, some);
    }
}
