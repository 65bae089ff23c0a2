package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.status.CameraStatus;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One run of {@code check}: probers on their event loops, lines on the thread that calls. */
final class CheckRun {

    private static final int BUFFER = 64 * 1024;
    private static final long GLANCE_MILLIS = 100;

    private sealed interface Event {}

    private record Judged(CameraStatus status) implements Event {}

    private record Ended(Throwable defect) implements Event {}

    private final List<Camera> cameras;
    private final Probers probers;
    private final Terminal terminal;
    private final Function<CameraStatus, String> form;
    private final OutputStream out;
    private final CheckSummary summary = new CheckSummary();
    private final BlockingQueue<Event> events;
    private final long began = System.nanoTime();
    private long drawn = began;
    private boolean told;

    CheckRun(List<Camera> cameras, Probers probers, Terminal terminal, boolean json) {
        this.cameras = cameras;
        this.probers = probers;
        this.terminal = terminal;
        this.form = json ? jsonLines() : new StatusLine(cameras)::of;
        this.out = new BufferedOutputStream(terminal.out(), BUFFER);
        this.events = new LinkedBlockingQueue<>(cameras.size() + 1);
    }

    /** Blocks until all are probed; the exit code. Ctrl-C ends it with the summary so far. */
    int call() throws InterruptedException {
        String help = probers.icmpHelp();
        if (help != null) {
            terminal.err().println(help);
        }
        var stopped = new Thread(this::end, "check-stopped");
        Runtime.getRuntime().addShutdownHook(stopped);
        Disposable probing = probe();
        try {
            print();
        } finally {
            probing.dispose();
            end();
            withdraw(stopped);
        }
        return summary.allHealthy() ? Cli.HEALTHY : Cli.SOME_NOT;
    }

    private Disposable probe() {
        var judge = new SiblingJudge(cameras);
        return Flux.fromIterable(cameras)
                .flatMap(probers::check, probers.parallelism())
                .flatMapIterable(judge::take)
                .subscribe(status -> events.add(new Judged(status)), e -> events.add(new Ended(e)));
    }

    private void print() throws InterruptedException {
        List<Event> ready = new ArrayList<>();
        while (summary.cameras() < cameras.size()) {
            Event first = events.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                ready.add(first);
                events.drainTo(ready);
            }
            for (Event event : ready) {
                switch (event) {
                    case Judged(CameraStatus status) -> line(status);
                    case Ended(Throwable defect) -> throw new IllegalStateException(defect);
                }
            }
            if (!flushed(first == null || ready.size() < BUFFER / 128)) {
                return;
            }
            ready.clear();
            draw();
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

    private static Function<CameraStatus, String> jsonLines() {
        JsonMapper json = JsonMapper.builder().build();
        return status -> json.writeValueAsString(status) + "\n";
    }
}
