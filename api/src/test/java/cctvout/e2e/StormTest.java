package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.lab.FaultLab;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** Thousands of cameras are cut off for real: from the lost packet to the party's webhook. */
class StormTest {

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
                10_000,
                "60s",
                "one outage, one notice, one recovery; the vendor was told nothing");
    }

    @Test
    @Tag("load")
    void tenThousandUnrelatedAreToldInDigests() {
        cut(
                "unrelated",
                10_000,
                "60s",
                "each issue in one message; no outage, no other party told");
    }

    /** Where cameras are looked at often, the first is found soon. */
    private void cut(String what, int cameras, String interval, String verdict) {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        try (FaultLab lab = FaultLab.create().allowPing()) {
            lab.sysctl("net.ipv4.ip_local_port_range=1024 65535");
            List<String> said =
                    lab.run(
                            StormMain.class,
                            540,
                            what,
                            folder.toString(),
                            Integer.toString(cameras),
                            interval);
            said.forEach(System.out::println);
            assertThat(said).contains(verdict);
        }
    }
}
