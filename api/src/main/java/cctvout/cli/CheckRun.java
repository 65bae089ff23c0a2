package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.cli.Probers.Seen;
import cctvout.status.CameraStatus;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One run of {@code check}: probers on their event loops, lines on the thread that calls. */
final class CheckRun {

    private static final int BUFFER = 64 * 1024;
    private static final long GLANCE_MILLIS = 100;

    /** Begun between two looks at what came back, so that lines flow from the start. */
    private static final int BURST = 2000;

    private final List<Camera> cameras;
    private final Probers probers;
    private final Terminal terminal;
    private final Function<CameraStatus, String> form;
    private final OutputStream out;
    private final CheckSummary summary = new CheckSummary();

    /** Filled by event loops, which must not wait: without a lock. */
    private final Queue<Seen> events = new ConcurrentLinkedQueue<>();

    private final Semaphore arrived = new Semaphore(0);
    private final SiblingJudge judge;
    private volatile @Nullable Throwable defect;
    private int begun;
    private int seen;
    private final long began;
    private long drawn;
    private boolean told;

    CheckRun(List<Camera> cameras, Probers probers, Terminal terminal, boolean json) {
        this.cameras = cameras;
        this.probers = probers;
        this.terminal = terminal;
        this.form = json ? jsonLines() : new StatusLine(cameras)::of;
        this.out = new BufferedOutputStream(terminal.out(), BUFFER);
        this.judge = new SiblingJudge(cameras);
        this.began = System.nanoTime();
        this.drawn = began;
    }

    /** Blocks until all are probed; the exit code. Ctrl-C ends it with the summary so far. */
    int call() throws InterruptedException {
        String help = probers.icmpHelp();
        if (help != null) {
            terminal.err().println(help);
        }
        var hook = new Thread(this::end, "check-stopped");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            probe();
        } finally {
            end();
            withdraw(hook);
        }
        return summary.allHealthy() ? Cli.HEALTHY : Cli.SOME_NOT;
    }

    /**
     * Begins, takes in, prints. By hand and not by flatMap: that looks through all that are in
     * flight whenever one ends.
     */
    private void probe() throws InterruptedException {
        List<Seen> ready = new ArrayList<>();
        while (seen < cameras.size()) {
            begin();
            take(ready);
            seen += ready.size();
            ready.forEach(one -> judge.take(one).forEach(this::line));
            boolean idle = mayBegin() == 0 && ready.size() < BURST;
            ready.clear();
            if (!flushed(idle)) {
                return;
            }
            if (defect != null) {
                throw new IllegalStateException(defect);
            }
            draw();
        }
        judge.rest().forEach(this::line);
    }

    /** Waits a moment where there is nothing else to do. */
    private void take(List<Seen> ready) throws InterruptedException {
        if (arrived.tryAcquire(mayBegin() > 0 ? 0 : GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
            arrived.drainPermits();
        }
        for (Seen next = events.poll(); next != null; next = events.poll()) {
            ready.add(next);
        }
    }

    private void tell(Seen one) {
        events.add(one);
        arrived.release();
    }

    private int mayBegin() {
        return Math.min(cameras.size(), seen + probers.parallelism()) - begun;
    }

    private void begin() {
        for (int i = Math.min(BURST, mayBegin()); i > 0; i--) {
            probers.check(cameras.get(begun++), this::tell, error -> defect = error);
        }
    }

    private synchronized void line(CameraStatus status) {
        summary.add(status.verdict());
        try {
            out.write(form.apply(status).getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            throw new IllegalStateException("standard output", closed);
        }
    }

    /** False where nobody reads any more, as with {@code | head}. */
    private synchronized boolean flushed(boolean wanted) {
        try {
            if (wanted) {
                out.flush();
            }
        } catch (IOException closed) {
            return false;
        }
        return !terminal.out().checkError();
    }

    private void draw() {
        long now = System.nanoTime();
        if (terminal.watched() && now - drawn > TimeUnit.MILLISECONDS.toNanos(GLANCE_MILLIS)) {
            drawn = now;
            terminal.err().print("\r" + summary.cameras() + " of " + cameras.size() + "\033[K\r");
            terminal.err().flush();
        }
    }

    /** What was not yet written, and the summary; once. */
    private synchronized void end() {
        if (told) {
            return;
        }
        told = true;
        flushed(true);
        if (terminal.watched()) {
            terminal.err().print("\r\033[K");
        }
        terminal.err().println(summary.text(System.nanoTime() - began));
        terminal.err().flush();
    }

    private static void withdraw(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // it is running
        }
    }

    /** For one type: how it is written is found out here, and not within what is timed. */
    private static Function<CameraStatus, String> jsonLines() {
        ObjectWriter json = JsonMapper.builder().build().writerFor(CameraStatus.class);
        return status -> json.writeValueAsString(status) + "\n";
    }
}
