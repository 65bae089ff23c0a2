package cctvout.simulator;

/** Who sends a stream to a media server: it can be lost, and come back. Any thread. */
final class Encoder {

    static final long SEGMENT_MS = 2000;

    /**
     * @param run how many times it has come back
     * @param newest number of the last whole segment of this run, from 0; -1 before there is one
     * @param before segments of all earlier runs
     * @param goneMs since when it is lost; -1 where it is there
     */
    record Moment(int run, long newest, long before, long goneMs) {
        boolean there() {
            return goneMs < 0;
        }
    }

    private int run;
    private long before;
    private long beganMs;
    private long lostMs = -1;

    Encoder(long nowMs) {
        this.beganMs = nowMs;
    }

    synchronized void lose(long nowMs) {
        if (lostMs < 0) {
            lostMs = nowMs;
        }
    }

    synchronized void comeBack(long nowMs) {
        if (lostMs >= 0) {
            before += made(lostMs);
            run++;
            beganMs = nowMs;
            lostMs = -1;
        }
    }

    private long made(long untilMs) {
        return Math.max(0, (untilMs - beganMs) / SEGMENT_MS);
    }

    synchronized Moment at(long nowMs) {
        boolean there = lostMs < 0;
        return new Moment(
                run, made(there ? nowMs : lostMs) - 1, before, there ? -1 : nowMs - lostMs);
    }
}
