package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.lab.FaultLab;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The monitor's own link is cut, for real: it is the monitor that is ill, and no camera. */
class LinkCutTest {

    static final String CAMERAS_IN = "10.99.16.";

    private static final String OWN = "10.99.0.1";
    private static final String GATEWAY = "10.99.0.2";

    @TempDir Path folder;

    @Test
    void aMonitorWhoseLinkIsCutTellsTheControlRoomOnceAndBlamesNobody() throws IOException {
        assertThat(watchesWith(GATEWAY))
                .contains("the cable: restored, checks go on")
                .containsAll(LinkCutMain.steps());
    }

    @Test
    void norDoesOneThatHasNoCanaryWhereCamerasOfSeveralLinesFallSilentTogether()
            throws IOException {
        assertThat(watchesWith("")).containsAll(LinkCutMain.steps());
    }

    private List<String> watchesWith(String canary) throws IOException {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        try (FaultLab far = FaultLab.create();
                FaultLab monitor = FaultLab.create().allowPing()) {
            monitor.join(OWN + "/24", far, GATEWAY + "/24");
            monitor.ip("route", "add", CAMERAS_IN + "0/24", "via", GATEWAY);
            far.ip("route", "add", "local", CAMERAS_IN + "0/24", "dev", "lo");
            Process cameras = far.start(FarCameras.class, List.of("-Xmx64m"));
            assertThat(cameras.inputReader().readLine()).isEqualTo("serving");
            List<String> said =
                    monitor.run(LinkCutMain.class, 300, folder.toString(), far.name(), OWN, canary);
            said.forEach(System.out::println);
            return said;
        }
    }
}
