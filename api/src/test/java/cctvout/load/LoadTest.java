package cctvout.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.lab.FaultLab;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** Minutes each; a table each on standard output. Sizes: {@link LoadOptions}. */
@Tag("load")
class LoadTest {

    @TempDir Path folder;

    @Test
    void steady() throws Exception {
        run("steady");
    }

    @Test
    void imported() throws Exception {
        run("import");
    }

    @Test
    void started() throws Exception {
        run("start");
    }

    @Test
    void intervals() throws Exception {
        run("intervals");
    }

    @Test
    void blackHoles() throws Exception {
        run("black-holes");
    }

    @Test
    void hostile() throws Exception {
        run("hostile");
    }

    @Test
    void streamed() throws Exception {
        run("stream");
    }

    @Test
    void memory() throws Exception {
        run("memory");
    }

    private void run(String name) throws IOException, InterruptedException {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        try (FaultLab lab = FaultLab.create().allowPing()) {
            lab.sysctl("net.ipv4.ip_local_port_range=1024 65535");
            Process run =
                    lab.start(LoadMain.class, LoadOptions.asProperties(), name, folder.toString());
            try (var said = run.inputReader()) {
                said.lines().forEach(System.out::println);
            }
            String errors = new String(run.getErrorStream().readAllBytes());
            assertThat(run.waitFor()).as(errors).isZero();
        }
    }
}
