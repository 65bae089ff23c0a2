package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.lab.FaultLab;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** Real packets, lost for real: from the cut to the party's own server and back. */
class LineCutTest {

    private static final String[] STEPS = {
        "cut: one signed OPENED for the line operator",
        "repaired: one RECOVERED for the line operator and the control room, none for the vendor",
        "frozen: the vendor alone was told, and told that it is over"
    };

    @TempDir Path folder;

    @Test
    @Tag("load")
    void aCutLineIsToldToItsOperatorAloneAndTakenBackAndAFrozenStreamToItsVendorAlone() {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        try (FaultLab lab = FaultLab.create()) {
            List<String> said = lab.run(LineCutMain.class, 300, folder.toString());
            assertThat(said).contains(STEPS).contains("icmp raw");
        }
    }

    @Test
    void withoutARawSocketItDoesTheSameOnAnUnprivilegedOne() {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        try (FaultLab lab = FaultLab.create().allowPing()) {
            List<String> said = lab.run(LineCutMain.class, 300, folder.toString());
            assertThat(said).contains(STEPS).contains("icmp dgram");
        }
    }
}
