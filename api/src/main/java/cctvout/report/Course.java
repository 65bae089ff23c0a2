package cctvout.report;

import cctvout.history.Availability;
import cctvout.history.CameraVerdicts;
import cctvout.history.Interval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The same figures step by step through the period, all cameras together. For one thread. */
final class Course {

    /** Where nobody asked for it. */
    static final Course NONE = new Course(List.of());

    private final List<Interval> steps;
    private final Availability[] sums;

    private Course(List<Interval> steps) {
        this.steps = steps;
        this.sums = new Availability[steps.size()];
        Arrays.fill(sums, Availability.NONE);
    }

    /** The last step may be shorter than the others. */
    static Course of(Interval period, Duration step) {
        List<Interval> steps = new ArrayList<>();
        for (Instant at = period.from(); at.isBefore(period.to()); at = at.plus(step)) {
            Instant end = at.plus(step);
            steps.add(new Interval(at, end.isAfter(period.to()) ? period.to() : end));
        }
        return new Course(List.copyOf(steps));
    }

    void add(CameraVerdicts camera, List<Interval> planned) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i].plus(Availability.of(camera.spans(), planned, steps.get(i)));
        }
    }

    List<CourseStep> steps() {
        List<CourseStep> all = new ArrayList<>(sums.length);
        for (int i = 0; i < sums.length; i++) {
            Availability sum = sums[i];
            all.add(
                    new CourseStep(
                            steps.get(i).from(),
                            steps.get(i).to(),
                            sum.ratio(),
                            sum.outages().count(),
                            AvailabilityRow.seconds(sum.line().down()),
                            AvailabilityRow.seconds(sum.camera().down()),
                            AvailabilityRow.seconds(sum.streamServer().down())));
        }
        return all;
    }
}
