package cctvout.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A process of its own that runs the server on a folder until it is killed or its input ends. */
final class KeptServer {
    static final String READY = "ready";

    private KeptServer() {}

    public static void main(String[] arguments) throws IOException {
        try (PostgresServer _ =
                PostgresServer.start(Path.of(arguments[0]), Duration.ofMinutes(1), Map.of())) {
            System.out.println(READY);
            System.out.flush();
            int ended = System.in.read();
            System.out.println("stops " + ended);
        }
    }
}
