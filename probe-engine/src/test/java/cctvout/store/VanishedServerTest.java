package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.lab.FaultLab;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The server's host loses its power: no reset, no word, packets that nobody answers. */
class VanishedServerTest {

    @TempDir Path folder;

    @Test
    @Timeout(120)
    void whatIsUnderWayFailsAfterTheSilenceAndTheNextWorksWhenItIsBack() throws Exception {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        try (FaultLab lab = FaultLab.create()) {
            Process child =
                    lab.start(VanishedServerMain.class, List.of("-Xmx256m"), folder.toString());
            try (BufferedReader said = child.inputReader()) {
                heard(said, "under way");
                lab.cut("127.0.0.1");
                heard(said, "given up");
                lab.repair("127.0.0.1");
                heard(said, "back");
            }
        }
    }

    /** Waits for the word; what else is said is for whoever reads the test's output. */
    private static void heard(BufferedReader said, String word) throws IOException {
        String line = said.readLine();
        while (line != null && !line.startsWith(word)) {
            System.out.println(line);
            line = said.readLine();
        }
        assertThat(line).startsWith(word);
    }
}
