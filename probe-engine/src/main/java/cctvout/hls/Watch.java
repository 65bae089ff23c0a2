package cctvout.hls;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The limits of one exchange, all by one timer: it is not replaced as the exchange goes on, but
 * looks again when it fires. Confined to its event loop.
 */
final class Watch implements Runnable {

    /** A timer that is this late tells of a process that stood still, not of a server. */
    private static final long STOOD_STILL = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final StreamClient.Request request;
    private final Duration whole;
    private final Consumer<StreamFault> expired;

    private String setting = "";
    private Duration limit = Duration.ZERO;
    private long due;
    private long firesAt;
    private boolean readSince;
    private @Nullable Future<?> timer;

    /**
     * @param whole the deadline that the request's is the rest of
     * @param expired is told once, on the event loop
     */
    Watch(
            EventLoop loop,
            StreamClient.Request request,
            Duration whole,
            Consumer<StreamFault> expired) {
        this.loop = loop;
        this.request = request;
        this.whole = whole;
        this.expired = expired;
    }

    /** From now on for this long, unless the deadline is sooner. */
    void allow(String name, Duration time) {
        setting = name;
        limit = time;
        readSince = false;
        due = System.nanoTime() + time.toNanos();
        if (request.deadline() - due < 0) {
            setting = "deadline";
            limit = whole;
            due = request.deadline();
        }
        if (timer == null) {
            schedule();
        } else if (due - firesAt < 0) {
            timer.cancel(false);
            schedule();
        }
    }

    private void schedule() {
        firesAt = due;
        timer = loop.schedule(this, due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        long late = System.nanoTime() - firesAt;
        if (late > STOOD_STILL) {
            due = System.nanoTime() + STOOD_STILL;
        }
        if (due - firesAt > 0) {
            readSince = false;
            schedule();
        } else if (!readSince) {
            // the loop may have been busy with others: what came meanwhile is read first
            readSince = true;
            timer = loop.schedule(this, 0, TimeUnit.NANOSECONDS);
        } else {
            timer = null;
            expired.accept(fault(request, setting, limit));
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    static StreamFault fault(StreamClient.Request request, String setting, Duration limit) {
        return new StreamFault(
                request.progress().timedOut(),
                request.url().authority()
                        + ": over cctvout.probe.hls."
                        + setting
                        + "="
                        + limit.toMillis()
                        + "ms");
    }
}
