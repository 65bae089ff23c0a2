package cctvout.engine;

import cctvout.schedule.ProbeSchedule;
import cctvout.status.ConfirmPolicy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.List;

/**
 * {@code cctvout.probe.*}: how often, how many at a time, what counts.
 *
 * @param interval between two checks of a camera, where it names none
 * @param confirm when a deviating camera is probed again, counted from the first deviating result
 * @param recoverAfter good results in a row that end a fault
 * @param downInterval at most between two checks of a camera that is down, at first
 * @param downFor how long that short interval is kept
 * @param parallelism stream checks under way at a time, cameras that were well
 * @param failingParallelism the same, cameras that were not: a lane of their own
 * @param echoParallelism echo trains under way at a time, cameras that were well
 * @param failingEchoParallelism the same, cameras that were not
 * @param slowParallelism stream checks that have taken longer than {@code slowAfter}, at a time:
 *     they hold no place among the others
 * @param slowAfter when a stream check goes there
 * @param firstChecksPerSecond of cameras never checked before, so that an import makes no burst;
 *     those of a large import wait for its end, 30 s at most
 * @param startShare what those add to the mean rate while the engine starts, 0 to 1
 * @param overloadLateness of a check, for 3 s, from which the engine calls itself overloaded
 * @param stall without a turn of the loop after which bad results of that time say nothing
 * @param askedChecks asked for by people, at a time
 * @param checkDeadline of one check in all; a safety net above the probers' own
 * @param siblingChecks how many of them are pulled forward when the first fails
 * @param siblingChecksPerSecond of all the others, when what they share is known to be down, or
 *     well again
 * @param transitionBuffer transitions that wait for the database
 * @param pause without a turn of the loop that voids what was under way, 100 ms to 1 h
 * @param canaries targets that are known good
 * @param canaryInterval between two looks at them
 * @param anomaly when a camera is called unlike itself
 */
@ConfigurationProperties("cctvout.probe")
public record EngineSettings(
        @DefaultValue("15m") Duration interval,
        @DefaultValue({"2s", "5s"}) List<Duration> confirm,
        @DefaultValue("1") int recoverAfter,
        @DefaultValue("30s") Duration downInterval,
        @DefaultValue("10m") Duration downFor,
        @DefaultValue("2048") int parallelism,
        @DefaultValue("4096") int failingParallelism,
        @DefaultValue("8192") int echoParallelism,
        @DefaultValue("4096") int failingEchoParallelism,
        @DefaultValue("1024") int slowParallelism,
        @DefaultValue("3s") Duration slowAfter,
        @DefaultValue("200") int firstChecksPerSecond,
        @DefaultValue("0.1") double startShare,
        @DefaultValue("2s") Duration overloadLateness,
        @DefaultValue("1s") Duration stall,
        @DefaultValue("64") int askedChecks,
        @DefaultValue("60s") Duration checkDeadline,
        @DefaultValue("8") int siblingChecks,
        @DefaultValue("2000") int siblingChecksPerSecond,
        @DefaultValue("200000") int transitionBuffer,
        @DefaultValue("2s") Duration pause,
        @DefaultValue List<String> canaries,
        @DefaultValue("2s") Duration canaryInterval,
        @DefaultValue AnomalySettings anomaly) {

    public EngineSettings {
        within("interval", interval, ProbeSchedule.SHORTEST, ProbeSchedule.LONGEST);
        within("down-interval", downInterval, ProbeSchedule.SHORTEST, ProbeSchedule.LONGEST);
        within("check-deadline", checkDeadline, Duration.ofSeconds(1), Duration.ofMinutes(10));
        within("canary-interval", canaryInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
        if (confirm.isEmpty()) {
            throw new IllegalArgumentException(
                    "cctvout.probe.confirm is empty: a first bad result is no verdict, so name at"
                            + " least one time after which the camera is probed again, such as 2s");
        }
        for (Duration delay : confirm) {
            within("confirm", delay, Duration.ofMillis(10), Duration.ofMinutes(10));
        }
        atLeastOne("parallelism", parallelism);
        atLeastOne("failing-parallelism", failingParallelism);
        atLeastOne("echo-parallelism", echoParallelism);
        atLeastOne("failing-echo-parallelism", failingEchoParallelism);
        atLeastOne("slow-parallelism", slowParallelism);
        within("slow-after", slowAfter, Duration.ofMillis(100), Duration.ofMinutes(1));
        within("overload-lateness", overloadLateness, Duration.ofMillis(10), Duration.ofHours(1));
        within("pause", pause, Duration.ofMillis(100), Duration.ofHours(1));
        within("stall", stall, Duration.ofMillis(50), Duration.ofMinutes(1));
        if (!(startShare >= 0 && startShare <= 1)) {
            throw new IllegalArgumentException(
                    "cctvout.probe.start-share is " + startShare + ", not between 0 and 1");
        }
        atLeastOne("first-checks-per-second", firstChecksPerSecond);
        atLeastOne("asked-checks", askedChecks);
        atLeastOne("sibling-checks-per-second", siblingChecksPerSecond);
        atLeastOne("transition-buffer", transitionBuffer);
    }

    ConfirmPolicy confirmPolicy() {
        return new ConfirmPolicy(confirm, recoverAfter);
    }

    static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.probe."
                            + name
                            + " is "
                            + value
                            + ", not between "
                            + least
                            + " and "
                            + most);
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "cctvout.probe." + name + " is " + value + ", not 1 or more");
        }
    }
}
