package cctvout.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A browser: reads a live stream from the beginning, and where it ends goes on at the other server,
 * after the last id that it saw.
 */
final class ResumingClient implements AutoCloseable {

    private static final long PAUSE_MS = 250;

    private final Console[] servers;
    private final List<Long> ids = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Stream<String> lines = Stream.empty();
    private volatile int connections;

    ResumingClient(Console first, Console second) {
        this.servers = new Console[] {first, second};
        Thread.ofVirtual().name("resuming-client").start(this::run);
    }

    private void run() {
        try {
            for (int turn = 0;
                    !closed.await(turn == 0 ? 0 : PAUSE_MS, TimeUnit.MILLISECONDS);
                    turn++) {
                read(servers[turn % 2]);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Console server) throws InterruptedException {
        try {
            HttpResponse<Stream<String>> response = server.stream(last());
            if (response.statusCode() == 200) {
                connections++;
                lines = response.body();
                lines.filter(line -> line.startsWith("id:"))
                        .forEach(line -> add(Long.parseLong(line.substring(3).strip())));
            }
        } catch (IOException | UncheckedIOException gone) {
            // the next server, then
        }
    }

    private synchronized void add(long id) {
        ids.add(id);
        notifyAll();
    }

    private synchronized long last() {
        return ids.isEmpty() ? 0 : ids.getLast();
    }

    synchronized List<Long> ids() {
        return List.copyOf(ids);
    }

    int connections() {
        return connections;
    }

    synchronized void await(long id, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (last() < id) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("event " + id + " not seen, but " + last());
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        lines.close();
    }
}
