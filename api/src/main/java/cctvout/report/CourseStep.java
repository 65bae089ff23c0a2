package cctvout.report;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A part of a report's period, all cameras together.
 *
 * @param availability 0 to 1; null where nothing was known
 * @param outages that touch it
 * @param lineSeconds out of order through the line, summed over the cameras
 */
public record CourseStep(
        Instant from,
        Instant to,
        @Nullable Double availability,
        int outages,
        double lineSeconds,
        double cameraSeconds,
        double streamServerSeconds) {}
