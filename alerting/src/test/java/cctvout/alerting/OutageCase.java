package cctvout.alerting;

import static cctvout.recipient.RecipientRole.CAMERA_VENDOR;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import cctvout.outage.OutageSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.List;
import java.util.stream.IntStream;

/** What outages are tried on: a line of six cameras, and one camera of another. */
abstract class OutageCase {

    Bench bench;

    @BeforeEach
    void open() {
        open(BenchSettings.outagesOf(3));
    }

    final void open(OutageSettings outages) {
        bench = new Bench(BenchSettings.USUAL.with(outages));
        for (int i = 1; i <= 6; i++) {
            bench.camera("C-" + i, "L-17", "한빛");
        }
        bench.camera("D-1", "L-99", "한빛");
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        bench.recipient("hanbit", CAMERA_VENDOR, List.of("한빛"), bench.webhook("/vendor"));
        bench.recipient("room", CONTROL_ROOM, List.of(), bench.webhook("/room"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    void fail(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> bench.turns("C-" + i, HEALTHY, LINE_FAULT));
    }

    void recover(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> bench.turns("C-" + i, LINE_FAULT, HEALTHY));
    }
}
