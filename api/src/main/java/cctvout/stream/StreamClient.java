package cctvout.stream;

import cctvout.stream.StreamMetrics.Closed;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * One dashboard. It has no queue but a cursor, and moves on as its connection takes data. Writing
 * runs on the connection's event loop, so that one write is tried before the next is made.
 */
final class StreamClient {

    private static final int BATCHES_A_TURN = 16;

    private final StreamFilter filter;
    private final StreamConnection connection;
    private final StreamSettings settings;
    private final PassingEvents passing;
    private final BiConsumer<StreamClient, Closed> onEnd;
    private final StreamCursor cursor;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable FluxSink<byte[]> sink;
    private volatile boolean heartbeatDue;
    private volatile long written;

    // of the event loop
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private boolean opened;
    private long lastId;
    private long summarySeen;
    private long resultsSeen;

    // of the thread that looks after all clients
    private long heartbeatAt;
    private long progressAt;
    private long taken;

    StreamClient(
            StreamFilter filter,
            long after,
            StreamConnection connection,
            StreamFeeds feeds,
            StreamSettings settings,
            BiConsumer<StreamClient, Closed> onEnd) {
        this.filter = filter;
        this.connection = connection;
        this.settings = settings;
        this.passing = feeds.passing();
        this.onEnd = onEnd;
        this.lastId = after;
        this.resultsSeen = passing.results().version();
        this.cursor =
                new StreamCursor(
                        after, feeds.ring(), feeds.replays(), connection.executor(), this::wake);
        long now = System.nanoTime();
        this.heartbeatAt = now;
        this.progressAt = now;
    }

    /** Batches of whole events, to be flushed one by one; cancelling ends the client. Once. */
    Flux<byte[]> batches() {
        return Flux.push(
                out -> {
                    sink = out;
                    out.onRequest(_ -> wake());
                    out.onDispose(() -> end(Closed.CLIENT));
                    connection.onWritable(this::wake);
                    wake();
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    boolean wants(String type) {
        return filter.wants(type);
    }

    boolean wants(StreamEntry entry) {
        return filter.wants(entry.type(), entry.place());
    }

    /** There may be something to send. Any thread; many calls make one turn. */
    void wake() {
        if (!ended.get() && woken.compareAndSet(false, true)) {
            connection.executor().execute(this::turn);
        }
    }

    /** Looks after the client about once a second: heartbeat, and whether it reads at all. */
    void look(long now) {
        long period = settings.heartbeat().toNanos();
        if (now - heartbeatAt >= period) {
            // by its own beat: a look that comes a moment early must not cost a whole one each time
            heartbeatAt += (now - heartbeatAt) / period * period;
            heartbeatDue = true;
        }
        long waiting = connection.pendingBytes();
        if (waiting == 0 || written - waiting > taken) {
            taken = Math.max(taken, written - waiting);
            progressAt = now;
        } else if (now - progressAt >= settings.stallTimeout().toNanos()) {
            end(Closed.STALLED);
            connection.close();
            return;
        }
        wake();
    }

    /** Completes the response, after which a browser connects again, elsewhere. */
    void shutDown() {
        end(Closed.SHUTDOWN);
        FluxSink<byte[]> out = sink;
        if (out != null) {
            connection.executor().execute(out::complete);
        }
    }

    private void end(Closed reason) {
        if (ended.compareAndSet(false, true)) {
            connection.release();
            onEnd.accept(this, reason);
        }
    }

    private void turn() {
        woken.set(false);
        FluxSink<byte[]> out = sink;
        for (int i = 0; i < BATCHES_A_TURN; i++) {
            if (out == null
                    || ended.get()
                    || out.requestedFromDownstream() == 0
                    || !connection.isWritable()) {
                return;
            }
            byte[] bytes = nextBatch();
            if (bytes.length == 0) {
                return;
            }
            written = written + bytes.length;
            out.next(bytes);
        }
        wake();
    }

    private byte[] nextBatch() {
        batch.reset();
        if (!opened) {
            opened = true;
            batch.writeBytes(EventFrame.opening(settings.retry()));
        }
        addSummary();
        addEntries();
        addPlace();
        addResults();
        addHeartbeat();
        return batch.toByteArray();
    }

    private void addEntries() {
        while (batch.size() < settings.batchBytes()) {
            StreamEntry entry = cursor.next();
            if (entry == null) {
                return;
            }
            if (wants(entry)) {
                batch.writeBytes(entry.frame());
                lastId = entry.seq();
            }
        }
    }

    /** Who begins with what is new may be cut off before anything is: it resumes from here. */
    private void addPlace() {
        if (lastId == StreamCursor.NOW && cursor.seq() != StreamCursor.NOW) {
            lastId = cursor.seq();
            batch.writeBytes(EventFrame.place(lastId));
        }
    }

    private void addSummary() {
        PassingEvents.Summary summary = passing.summary();
        if (summary.version() > summarySeen && filter.wants("summary")) {
            summarySeen = summary.version();
            batch.writeBytes(summary.frame());
        }
    }

    private void addResults() {
        PassingEvents.Results results = passing.results();
        if (results.version() == resultsSeen) {
            return;
        }
        resultsSeen = results.version();
        for (PassingEvents.Result result : results.items()) {
            if (filter.wants("result", result.place())) {
                batch.writeBytes(result.frame());
            }
        }
    }

    private void addHeartbeat() {
        if (!heartbeatDue) {
            return;
        }
        heartbeatDue = false;
        boolean moved = filter.isPartial() && cursor.seq() > lastId;
        batch.writeBytes(moved ? EventFrame.heartbeat(cursor.seq()) : EventFrame.heartbeat());
        if (moved) {
            lastId = cursor.seq();
        }
    }
}
