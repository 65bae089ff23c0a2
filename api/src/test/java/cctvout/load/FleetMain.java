package cctvout.load;

import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Scenario;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A simulated fleet in a process of its own. Says its port, then takes faults, a line each as in a
 * scenario file after its time ({@code cameras 1-500 drip}), until its input ends.
 */
final class FleetMain {

    private FleetMain() {}

    public static void main(String[] args) throws Exception {
        FleetOptions options = FleetOptions.of(Fleet.of(Integer.parseInt(args[0])), 0);
        try (FleetServer server = FleetServer.start(options).toFuture().get()) {
            System.out.println("port " + server.port());
            var lines =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Scenario.Step step = Scenario.parse("at 0s " + line).steps().getFirst();
                if (step.fault() == null) {
                    server.faults().recover(step.target());
                } else {
                    server.faults().set(step.target(), step.fault());
                }
            }
        }
        System.exit(0);
    }
}
