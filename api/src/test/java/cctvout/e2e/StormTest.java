package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.lab.FaultLab;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Thousands of cameras are cut off for real: from the lost packet to the party's webhook. */
class StormTest {

    /** To see what others make of it: {@code --NAME=VALUE ...}. */
    private static final List<String> SETTINGS =
            Arrays.stream(System.getProperty("storm.settings", "").split(" "))
                    .filter(one -> !one.isEmpty())
                    .toList();

    /** How often each camera is looked at: as long as the last of them may take to be found. */
    private static final String INTERVAL = System.getProperty("storm.interval", "60s");

    private static final int CAMERAS = Integer.getInteger("storm.cameras", 10_000);

    @TempDir Path folder;

    @Test
    @Tag("load")
    void threeHundredCamerasOfOneLineAreOneOutage() {
        cut(
                "line",
                300,
                "15m",
                "one outage, one notice, one recovery; the vendor was told nothing");
    }

    @Test
    @Tag("load")
    void tenThousandCamerasOfOneLineAreOneOutage() {
        cut(
                "line",
                CAMERAS,
                INTERVAL,
                "one outage, one notice, one recovery; the vendor was told nothing");
    }

    @Test
    @Tag("load")
    void tenThousandUnrelatedAreToldInDigests() {
        cut(
                "unrelated",
                CAMERAS,
                INTERVAL,
                "each issue in one message; no outage, no other party told");
    }

    /** Where cameras are looked at often, the first is found soon. */
    private void cut(String what, int cameras, String interval, String verdict) {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        try (FaultLab lab = FaultLab.create().allowPing()) {
            lab.sysctl("net.ipv4.ip_local_port_range=1024 65535");
            List<String> args =
                    new ArrayList<>(
                            List.of(what, folder.toString(), Integer.toString(cameras), interval));
            args.addAll(SETTINGS);
            List<String> said = lab.run(StormMain.class, 540, args.toArray(String[]::new));
            said.forEach(System.out::println);
            assertThat(said).contains(verdict);
        }
    }
}
