package cctvout.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What befalls the demo city: in each minute a line is cut, a media server fails, and every few
 * seconds a single camera or its pings; all of it recovers. The same seed makes the same scenario.
 */
final class DemoScenario {

    static final Duration PERIOD = Duration.ofMinutes(10);

    /** Of all cameras, that are in trouble at a time. */
    static final double WORST_SHARE = 0.08;

    private static final long MINUTE = 60_000;

    private static final List<Fault> SINGLE =
            List.of(
                    Fault.FREEZE,
                    Fault.NOT_FOUND,
                    Fault.LOSSY,
                    Fault.ENCODER_LOST,
                    Fault.GARBAGE,
                    Fault.SEGMENT_NOT_FOUND,
                    Fault.EMPTY,
                    Fault.CUT,
                    Fault.BROKEN,
                    Fault.SLOW,
                    Fault.DRIP,
                    Fault.DOWN,
                    Fault.ENDED,
                    Fault.SEGMENT_GARBAGE);

    private record Trouble(long endMs, Set<Integer> cameras) {}

    private final Fleet fleet;
    private final Random random;
    private final List<Integer> candidates = DemoCity.withOwnStream().boxed().toList();
    private final List<String> lines;
    private final List<Scenario.Step> steps = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private int singles;

    private DemoScenario(Fleet fleet, long seed) {
        this.fleet = fleet;
        this.random = new Random(seed);
        this.lines =
                candidates.stream()
                        .map(number -> fleet.cameras().get(number - 1).line())
                        .distinct()
                        .toList();
    }

    /** Played for {@link #PERIOD}, then again. */
    static Scenario of(long seed) {
        var made = new DemoScenario(DemoCity.fleet(), seed);
        for (long minute = 0; minute * MINUTE < PERIOD.toMillis(); minute++) {
            made.minute(minute);
        }
        return new Scenario(made.steps, PERIOD);
    }

    private void minute(long minute) {
        long begin = minute * MINUTE;
        for (long second = 5; second < 60; second += 5) {
            if (second == 10) {
                line(begin + second * 1000);
            } else if (second == 20) {
                server(begin + second * 1000, (int) minute);
            } else {
                single(begin + second * 1000 + random.nextInt(2000));
            }
        }
    }

    private void line(long at) {
        for (int attempt = 0; attempt < lines.size(); attempt++) {
            var target = new Target.Line(lines.get(random.nextInt(lines.size())));
            Set<Integer> cameras = Set.copyOf(Targets.of(target, fleet).cameras());
            if (begin(at, 40_000, cameras, target, Fault.CUT)) {
                return;
            }
        }
    }

    private void server(long at, int minute) {
        int number = minute % fleet.servers().size() + 1;
        Fault fault = minute % 4 == 2 ? Fault.CUT : Fault.UNAVAILABLE;
        Set<Integer> cameras = new HashSet<>();
        fleet.onHost(fleet.servers().get(number - 1))
                .forEach(camera -> cameras.add(camera.number()));
        begin(at, 35_000, cameras, new Target.Server(number), fault);
    }

    private void single(long at) {
        Fault fault = SINGLE.get(singles++ % SINGLE.size());
        for (int attempt = 0; attempt < 20; attempt++) {
            int number = candidates.get(random.nextInt(candidates.size()));
            long length = 30_000 + random.nextInt(15_000);
            if (begin(at, length, Set.of(number), Target.camera(number), fault)) {
                return;
            }
        }
    }

    private boolean begin(long at, long length, Set<Integer> cameras, Target target, Fault fault) {
        troubles.removeIf(trouble -> trouble.endMs <= at);
        int bad = cameras.size();
        for (Trouble trouble : troubles) {
            bad += trouble.cameras.size();
            if (trouble.cameras.stream().anyMatch(cameras::contains)) {
                return false;
            }
        }
        if (bad > fleet.size() * WORST_SHARE) {
            return false;
        }
        troubles.add(new Trouble(at + length, cameras));
        steps.add(
                new Scenario.Step(Duration.ofMillis(at), target, fault, Duration.ofMillis(length)));
        return true;
    }
}
