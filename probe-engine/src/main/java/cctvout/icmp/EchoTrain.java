package cctvout.icmp;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One train of echoes to one target, from its first echo to its outcome. Used again for the next
 * train once it is released; confined to the loop.
 */
final class EchoTrain extends TimingWheel.Entry {

    private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");
    private static final Consumer<IcmpOutcome> NOBODY = _ -> {};

    /** Its place in the table, for ever. */
    final int index;

    private final int count;
    private final long[] sentAt;
    private final long[] tokens;

    private InetAddress target = NOWHERE;
    private Consumer<IcmpOutcome> listener = NOBODY;
    private boolean running;

    /** Waits in the queue of those that have an echo to send. */
    boolean queued;

    private int written;
    private int retries;
    private int confirmed; // bit sets by echo, from here on
    private int settled;
    private int answered;
    private @Nullable Refusal refusal;
    private long rttMin;
    private long rttMax;
    private long rttSum;

    EchoTrain(int index, int count) {
        this.index = index;
        this.count = count;
        sentAt = new long[count];
        tokens = new long[count];
    }

    void start(InetAddress address, Consumer<IcmpOutcome> whoAsked) {
        target = address;
        listener = whoAsked;
        running = true;
        written = 0;
        retries = 0;
        confirmed = 0;
        settled = 0;
        answered = 0;
        refusal = null;
        rttMin = Long.MAX_VALUE;
        rttMax = 0;
        rttSum = 0;
    }

    InetAddress target() {
        return target;
    }

    boolean running() {
        return running;
    }

    boolean isFor(Consumer<IcmpOutcome> whoAsks) {
        return listener == whoAsks;
    }

    /** The next echo to send. */
    int next() {
        return written;
    }

    boolean hasNext() {
        return written < count;
    }

    void written(long token, long now) {
        tokens[written] = token;
        sentAt[written] = now;
        written++;
    }

    /** The kernel took it. */
    void confirmed(int echo, long token) {
        if (running && tokens[echo] == token && echo < written) {
            confirmed |= 1 << echo;
        }
    }

    /** It waited in the process until now: the round trip begins here. */
    void delayed(int echo, long token, long now) {
        if (awaits(echo, token)) {
            sentAt[echo] = now;
        }
    }

    boolean awaits(int echo, long token) {
        return awaits(echo) && tokens[echo] == token;
    }

    boolean awaits(int echo) {
        return running && echo < written && (settled & 1 << echo) == 0;
    }

    void answered(int echo, long now) {
        long rtt = Math.max(0, now - sentAt[echo]);
        settled |= 1 << echo;
        answered |= 1 << echo;
        rttMin = Math.min(rttMin, rtt);
        rttMax = Math.max(rttMax, rtt);
        rttSum += rtt;
    }

    void refused(int echo, Refusal why) {
        settled |= 1 << echo;
        refusal = why;
    }

    /**
     * An error that the socket reports at a send may be about an earlier packet to another target
     * (SO_ERROR): a refusal is believed when the same echo fails again.
     *
     * @return whether it may be written again, as the next
     */
    boolean takeBack(int echo) {
        if (echo != written - 1 || retries >= 3) {
            return false;
        }
        retries++;
        written--;
        return true;
    }

    /**
     * Gives up the echoes that waited for the timeout; false where one of them never left, or was
     * on its way when answers were thrown away.
     */
    boolean expire(long now, long timeout, LostAnswers lost) {
        for (int echo = 0; echo < written; echo++) {
            if ((settled & 1 << echo) == 0 && now - sentAt[echo] >= timeout) {
                if ((confirmed & 1 << echo) == 0 || lost.mayHaveHit(sentAt[echo])) {
                    return false;
                }
                settled |= 1 << echo;
            }
        }
        return true;
    }

    boolean complete() {
        return written == count && settled == (1 << count) - 1;
    }

    /** When there is something to do next: send, or give up the oldest. */
    long wakeAt(long spacing, long timeout) {
        long at = Long.MAX_VALUE;
        if (hasNext() && !queued) {
            at = sentAt[written - 1] + spacing;
        }
        for (int echo = 0; echo < written; echo++) {
            if ((settled & 1 << echo) == 0) {
                return Math.min(at, sentAt[echo] + timeout);
            }
        }
        return at;
    }

    boolean dueToSend(long now, long spacing) {
        return hasNext() && !queued && now - sentAt[written - 1] >= spacing;
    }

    /** No more is wanted of it; what is still on its way is not ours any more. */
    Consumer<IcmpOutcome> stop() {
        Consumer<IcmpOutcome> whoAsked = listener;
        running = false;
        listener = NOBODY;
        target = NOWHERE;
        return whoAsked;
    }

    IcmpResult result(Instant at) {
        int received = Integer.bitCount(answered);
        if (received > 0) {
            boolean all = received == count;
            return new IcmpResult(
                    all ? IcmpStatus.SUCCESS : IcmpStatus.LOSS,
                    all ? "OK" : "LOSS",
                    count,
                    received,
                    millis(rttMin),
                    millis(rttSum / received),
                    millis(rttMax),
                    at);
        }
        Refusal why = refusal;
        return why == null
                ? none(IcmpStatus.TIMEOUT, "TIMEOUT", at)
                : none(IcmpStatus.FAIL, why.name(), at);
    }

    private IcmpResult none(IcmpStatus status, String reason, Instant at) {
        return new IcmpResult(status, reason, count, 0, null, null, null, at);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1_000.0) / 1_000.0;
    }
}
