package cctvout.importing;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.PartEvent;

import reactor.core.publisher.SynchronousSink;

import java.util.function.BiConsumer;

/**
 * Of a form the one part that is named {@code file}, piece by piece; others are passed over, but
 * for those that belong into the query. Two such tables are refused: one after the other they would
 * be read under the first one's header. For one form.
 */
final class TablePart implements BiConsumer<PartEvent, SynchronousSink<DataBuffer>> {

    private static final String NAME = "file";

    private boolean begun;
    private boolean whole;

    @Override
    public void accept(PartEvent event, SynchronousSink<DataBuffer> sink) {
        if (!event.name().equals(NAME)) {
            DataBufferUtils.release(event.content());
            if (isOfQuery(event.name())) {
                sink.error(
                        ProblemException.refused(
                                new Violation(event.name(), null, inQuery(begun))));
            }
        } else if (whole) {
            DataBufferUtils.release(event.content());
            sink.error(ProblemException.refused(new Violation(NAME, null, "one table at a time")));
        } else {
            begun = true;
            whole = event.isLast();
            sink.next(event.content());
        }
    }

    /** Passed over, a preview would write. */
    private static boolean isOfQuery(String name) {
        return ImportController.PARAMETERS.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static String inQuery(boolean begun) {
        return "belongs into the query, not into the form"
                + (begun ? "; the rows before it may have been taken" : "");
    }

    static ProblemException missing() {
        return ProblemException.refused(new Violation(NAME, null, "required: the table"));
    }
}
