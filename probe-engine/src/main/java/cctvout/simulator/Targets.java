package cctvout.simulator;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A target's members in a fleet.
 *
 * @param cameras numbers
 * @param servers addresses of media servers
 */
record Targets(List<Integer> cameras, List<Integer> servers) {

    /** Errors with {@link IllegalArgumentException} where the fleet has no such member. */
    static Targets of(Target target, Fleet fleet) {
        return switch (target) {
            case Target.All _ -> new Targets(range(1, fleet.size()), fleet.servers());
            case Target.Cameras(int from, int to) -> {
                if (to > fleet.size()) {
                    throw new IllegalArgumentException(
                            "camera " + to + ": the fleet has " + fleet.size());
                }
                yield new Targets(range(from, to), List.of());
            }
            case Target.Line(String name) ->
                    matching(fleet, camera -> camera.line().equals(name), "line " + name);
            case Target.District(String name) ->
                    matching(fleet, camera -> camera.district().equals(name), "district " + name);
            case Target.Server(int number) -> {
                if (number > fleet.servers().size()) {
                    throw new IllegalArgumentException(
                            "server " + number + ": the fleet has " + fleet.servers().size());
                }
                yield new Targets(List.of(), List.of(fleet.servers().get(number - 1)));
            }
        };
    }

    private static Targets matching(
            Fleet fleet, Predicate<SimulatedCamera> condition, String what) {
        List<Integer> numbers =
                fleet.cameras().stream().filter(condition).map(SimulatedCamera::number).toList();
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException(what + ": the fleet has none");
        }
        return new Targets(numbers, List.of());
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }
}
