package cctvout.load;

import cctvout.simulator.Fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A simulated fleet, in a process of its own so that its CPU is not counted as ours. */
final class FleetProcess implements AutoCloseable {

    private final Fleet fleet;
    private final Process process;
    private final PrintStream orders;
    private final int port;

    FleetProcess(int cameras) throws IOException {
        this.fleet = Fleet.of(cameras);
        this.process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-XX:+UseSerialGC",
                                        "-Xmx384m",
                                        "-cp",
                                        System.getProperty(
                                                "surefire.test.class.path",
                                                System.getProperty("java.class.path")),
                                        FleetMain.class.getName(),
                                        Integer.toString(cameras)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.port = port(process.inputReader());
    }

    private static int port(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring("port ".length()));
            }
        }
        throw new IOException("the simulated fleet does not start");
    }

    long pid() {
        return process.pid();
    }

    /** As in a scenario file after its time, such as {@code cameras 1-500 drip}. */
    void order(String fault) {
        orders.println(fault);
    }

    /** All cameras, with their media playlists rather than those that lead to them. */
    void writeCsv(Path file) throws IOException {
        Stream<String> rows =
                fleet.cameras().stream()
                        .map(
                                camera ->
                                        String.join(
                                                ",",
                                                camera.id().value(),
                                                camera.ip(),
                                                camera.mediaUrl(port),
                                                camera.line(),
                                                camera.site(),
                                                camera.district(),
                                                camera.vendor()));
        Files.write(
                file,
                (Iterable<String>)
                        Stream.concat(Stream.of("id,ip,hlsUrl,line,site,district,vendor"), rows)
                                ::iterator);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
