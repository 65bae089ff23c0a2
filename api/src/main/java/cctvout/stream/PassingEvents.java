package cctvout.stream;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What is shown of the moment, not of the log: the newest summary and the newest flush of results.
 * A client that comes late to one finds the next.
 */
final class PassingEvents {

    record Summary(long version, byte[] frame) {}

    record Result(@Nullable Place place, byte[] frame) {}

    record Results(long version, List<Result> items) {}

    private volatile Summary summary = new Summary(0, new byte[0]);
    private volatile Results results = new Results(0, List.of());

    Summary summary() {
        return summary;
    }

    Results results() {
        return results;
    }

    void summary(byte[] frame) {
        summary = new Summary(summary.version() + 1, frame);
    }

    void results(List<Result> items) {
        results = new Results(results.version() + 1, items);
    }
}
