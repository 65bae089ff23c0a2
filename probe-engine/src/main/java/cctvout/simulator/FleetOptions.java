package cctvout.simulator;

import java.time.Clock;
import java.time.Duration;

/**
 * How a fleet is served.
 *
 * @param port 0 for one that is free
 * @param scenario played from the start of the server on
 * @param clock everything moves by it
 * @param targetDuration length of a segment, 500 ms to 60 s
 * @param window segments in a media playlist, 3 to 20
 * @param slowBy how late the headers of {@link Fault#SLOW} are
 * @param dripEvery time between two bytes of {@link Fault#DRIP}
 * @param encoderLinger how long a stream whose encoder is lost is still listed
 * @param maxConnections open at a time, more are closed at once
 */
public record FleetOptions(
        Fleet fleet,
        int port,
        Scenario scenario,
        Clock clock,
        Duration targetDuration,
        int window,
        Duration slowBy,
        Duration dripEvery,
        Duration encoderLinger,
        int maxConnections) {

    public FleetOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: between 0 and 65535");
        }
        between("target duration", targetDuration, Duration.ofMillis(500), Duration.ofSeconds(60));
        if (window < 3 || window > 20) {
            throw new IllegalArgumentException("window: between 3 and 20 segments");
        }
        between("slow by", slowBy, Duration.ofMillis(1), Duration.ofHours(1));
        between("drip every", dripEvery, Duration.ofMillis(1), Duration.ofHours(1));
        between("encoder linger", encoderLinger, Duration.ZERO, Duration.ofHours(24));
        if (maxConnections < 1) {
            throw new IllegalArgumentException("max connections: 1 or more");
        }
    }

    /** Segments of 2 s, the machine's clock, no faults. */
    public static FleetOptions of(Fleet fleet, int port) {
        return new FleetOptions(
                fleet,
                port,
                Scenario.NONE,
                Clock.systemUTC(),
                Duration.ofSeconds(2),
                5,
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                65_536);
    }

    public FleetOptions playing(Scenario played) {
        return new FleetOptions(
                fleet,
                port,
                played,
                clock,
                targetDuration,
                window,
                slowBy,
                dripEvery,
                encoderLinger,
                maxConnections);
    }

    public FleetOptions onPort(int wanted) {
        return new FleetOptions(
                fleet,
                wanted,
                scenario,
                clock,
                targetDuration,
                window,
                slowBy,
                dripEvery,
                encoderLinger,
                maxConnections);
    }

    public FleetOptions by(Clock other) {
        return new FleetOptions(
                fleet,
                port,
                scenario,
                other,
                targetDuration,
                window,
                slowBy,
                dripEvery,
                encoderLinger,
                maxConnections);
    }

    public FleetOptions inSegmentsOf(Duration length) {
        return new FleetOptions(
                fleet,
                port,
                scenario,
                clock,
                length,
                window,
                slowBy,
                dripEvery,
                encoderLinger,
                maxConnections);
    }

    /** How slow, dripping and dying streams go. */
    public FleetOptions pacing(Duration slow, Duration drip, Duration linger) {
        return new FleetOptions(
                fleet,
                port,
                scenario,
                clock,
                targetDuration,
                window,
                slow,
                drip,
                linger,
                maxConnections);
    }

    private static void between(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + ": between " + least + " and " + most);
        }
    }
}
