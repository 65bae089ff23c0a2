package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.cluster.Shards;

import com.sun.management.ThreadMXBean;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The loop alone: real time, real engine, probers that answer at once. Says what a check costs the
 * loop's thread and what a camera costs in memory.
 *
 * <p>Options: cameras (50000), interval in seconds (20), seconds to measure (20).
 */
public final class LoopBenchmark {

    private static final int WARM_UP_SECONDS = 20;

    /** Warm-up, two looks at the heap, the cameras' coming. */
    private static final int BEFORE_SECONDS = WARM_UP_SECONDS + 8;

    /** As they come from a database. */
    private static final int PAGE = 1000;

    private static final int PAGE_EVERY_MS = 20;

    private LoopBenchmark() {}

    public static void main(String[] args) throws InterruptedException {
        int cameras = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int interval = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        System.out.printf(
                "%d cameras every %d s: in some %d s the figures%n",
                cameras, interval, BEFORE_SECONDS + interval + seconds);
        AtOnce city = new AtOnce();
        Scheduler thread = Schedulers.newSingle("probe-loop");
        var engine =
                new ReactiveProbeEngine(
                        settings(interval),
                        Shards.alone(),
                        city,
                        city,
                        city,
                        city,
                        city,
                        new EngineMeters(new SimpleMeterRegistry()),
                        EngineClock.system(),
                        thread);
        long before = usedAfterCollection();
        engine.start();
        for (int i = 0; i < cameras; i++) {
            city.changes.tryEmitNext(new CameraChange.Saved(camera(i), i + 1)).orThrow();
            if (i % PAGE == 0) {
                pause(PAGE_EVERY_MS);
            }
        }
        System.out.println("all cameras are in: a round, and some more to warm up");
        pause(1000 * (WARM_UP_SECONDS + interval));
        long heap = usedAfterCollection() - before;
        System.out.printf("measuring for %d s%n", seconds);
        measure(city, engine, cameras, interval, seconds, heap);
        engine.stop();
        thread.dispose();
    }

    private static void measure(
            AtOnce city,
            ReactiveProbeEngine engine,
            int cameras,
            int interval,
            int seconds,
            long heap)
            throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long loop = loopThread(threads);
        long checks = city.checks.sum();
        long cpu = threads.getThreadCpuTime(loop);
        long bytes = threads.getThreadAllocatedBytes(loop);
        long began = System.nanoTime();
        pause(1000 * seconds);
        double done = city.checks.sum() - checks;
        double took = (System.nanoTime() - began) / 1e9;
        double spent = (threads.getThreadCpuTime(loop) - cpu) / 1e9;
        double allocated = threads.getThreadAllocatedBytes(loop) - bytes;
        System.out.printf(
                "%d cameras every %d s: %.0f checks/s, %.1f us and %.0f bytes a check, %.1f %% of a"
                        + " core; %d bytes of heap a camera; lateness p99 %.1f ms; %s%n",
                cameras,
                interval,
                done / took,
                spent * 1e6 / done,
                allocated / done,
                100 * spent / took,
                heap / cameras,
                engine.status().latenessP99Ms(),
                engine.status().state());
    }

    private static long loopThread(ThreadMXBean threads) {
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("probe-loop")) {
                return id;
            }
        }
        throw new IllegalStateException("no thread of the loop");
    }

    private static EngineSettings settings(int interval) {
        Map<String, Object> named = new HashMap<>();
        named.put("cctvout.probe.interval", interval + "s");
        return new Binder(new MapConfigurationPropertySource(named))
                .bindOrCreate("cctvout.probe", EngineSettings.class);
    }

    private static Camera camera(int i) {
        String ip = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
        return new Camera(
                new CameraId("camera-" + i),
                null,
                null,
                null,
                null,
                ip,
                "http://" + ip + "/live/playlist.m3u8",
                "L-" + i / 100,
                "S-" + i / 1000,
                null,
                null,
                null,
                true,
                null,
                Camera.Probes.BOTH,
                1);
    }

    private static long usedAfterCollection() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            pause(1000);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void pause(int milliseconds) throws InterruptedException {
        new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS);
    }
}
