package cctvout.dashboard;

import cctvout.status.Verdict;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** So many changes of verdict a second, of cameras all over the city, until closed. */
final class Changes implements AutoCloseable {

    private static final int PIECES_A_SECOND = 10;
    private static final int STEP = 7919;

    private final City city;
    private final int cameras;
    private final int piece;
    private final AtomicLong told = new AtomicLong();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    Changes(City city, int cameras, int aSecond) {
        this.city = city;
        this.cameras = cameras;
        this.piece = aSecond / PIECES_A_SECOND;
    }

    void start() {
        var _ =
                clock.scheduleAtFixedRate(
                        this::tell, 0, 1000 / PIECES_A_SECOND, TimeUnit.MILLISECONDS);
    }

    long told() {
        return told.get();
    }

    private void tell() {
        try {
            long from = told.get();
            boolean bad = from / piece % 2 == 0;
            city.confirm(
                    IntStream.range(0, piece)
                            .mapToObj(i -> City.id((int) ((from + i) * STEP % cameras)))
                            .toList(),
                    bad ? Verdict.DEGRADED : Verdict.HEALTHY,
                    bad ? "LOSS" : "OK",
                    City.now());
            told.addAndGet(piece);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
