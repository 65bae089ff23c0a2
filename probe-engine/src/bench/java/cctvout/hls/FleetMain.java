package cctvout.hls;

import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A simulated fleet in a process of its own: says its port and serves until its input ends. */
public final class FleetMain {

    private FleetMain() {}

    public static void main(String[] arguments) throws Exception {
        Fleet fleet = Fleet.of(Integer.parseInt(arguments[0]));
        FleetServer server = FleetServer.start(FleetOptions.of(fleet, 0)).toFuture().get();
        System.out.println("port " + server.port());
        while (System.in.read() >= 0) {
            // whoever started it holds the other end
        }
        server.close();
        System.exit(0);
    }

    /** This JVM and class path again, with another main class. */
    static Process start(int cameras) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FleetMain.class.getName(),
                        String.valueOf(cameras)));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Its first line that begins with a word, without the word. */
    static String awaited(Process process, String word) throws IOException {
        BufferedReader lines = process.inputReader();
        for (String line; (line = lines.readLine()) != null; ) {
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1);
            }
        }
        throw new IOException("ended before it said " + word);
    }
}
