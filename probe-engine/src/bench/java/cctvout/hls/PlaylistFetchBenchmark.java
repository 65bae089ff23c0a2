package cctvout.hls;

import cctvout.bench.Peer;
import cctvout.network.AllowedNetworks;
import cctvout.simulator.Fleet;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;

/**
 * Stream checks against blackbox_exporter, in turns, over the same simulated fleet in a process of
 * its own: checks a second, and CPU time for each.
 *
 * <p>Arguments: rounds (5), checks of ours a round (100000), of blackbox a round (10000), at a time
 * (128), cameras (2000).
 */
public final class PlaylistFetchBenchmark {

    private record Turn(double rate, double cpuMicros) {}

    private final List<String> playlists = new ArrayList<>();
    private final List<String> entries = new ArrayList<>();
    private final int parallel;

    private PlaylistFetchBenchmark(int parallel) {
        this.parallel = parallel;
    }

    public static void main(String[] arguments) throws Exception {
        int[] given = {5, 100_000, 10_000, 128, 2000};
        for (int i = 0; i < arguments.length; i++) {
            given[i] = Integer.parseInt(arguments[i]);
        }
        PlaylistFetchBenchmark benchmark = new PlaylistFetchBenchmark(given[3]);
        Process fleet = FleetMain.start(given[4]);
        try {
            int port = Integer.parseInt(FleetMain.awaited(fleet, "port"));
            benchmark.find(Fleet.of(given[4]), port);
            benchmark.run(given[0], given[1], given[2], fleet.pid());
        } finally {
            fleet.destroy();
        }
        System.exit(0);
    }

    /** Each camera's media playlist, as its entry playlist names it. */
    private void find(Fleet fleet, int port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int number = 1; number <= fleet.size(); number++) {
            var camera = fleet.camera(number);
            if (camera == null) {
                throw new IllegalStateException("camera " + number);
            }
            URI entry = URI.create(camera.hlsUrl(port));
            String list =
                    client.send(
                                    java.net.http.HttpRequest.newBuilder(entry).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            String child = list.lines().filter(line -> !line.startsWith("#")).findFirst().get();
            entries.add(entry.toString());
            playlists.add(entry.resolve(child).toString());
        }
    }

    private void run(int rounds, int ours, int theirs, long fleet) throws Exception {
        HlsProber alone = prober(false);
        HlsProber whole = prober(true);
        turn("warm-up", alone, playlists, ours, fleet);
        turn("warm-up", whole, entries, ours / 3, fleet);
        List<Turn> mine = new ArrayList<>();
        List<Turn> deep = new ArrayList<>();
        List<Turn> other = new ArrayList<>();
        try (Blackbox blackbox = Peer.installed(Blackbox.PROGRAM) ? Blackbox.start() : null) {
            if (blackbox != null) {
                blackbox.probe(playlists, theirs / 2, parallel);
            }
            for (int round = 0; round < rounds; round++) {
                mine.add(turn("playlist", alone, playlists, ours, fleet));
                if (blackbox != null) {
                    other.add(turn(blackbox, theirs, fleet));
                }
                deep.add(turn("entry, playlist, segment", whole, entries, ours / 3, fleet));
            }
        }
        report(mine, deep, other);
    }

    private static void report(List<Turn> mine, List<Turn> deep, List<Turn> other) {
        double rate = median(mine, Turn::rate);
        double cpu = median(mine, Turn::cpuMicros);
        Peer.say("playlist, median", rate, cpu);
        Peer.say("whole check, median", median(deep, Turn::rate), median(deep, Turn::cpuMicros));
        if (other.isEmpty()) {
            System.out.println(Blackbox.PROGRAM + " is not installed: ours alone");
            return;
        }
        double theirs = median(other, Turn::rate);
        double theirCpu = median(other, Turn::cpuMicros);
        Peer.say("blackbox_exporter, median", theirs, theirCpu);
        System.out.printf(
                Locale.ROOT,
                "ratio: %.1f x its rate, 1/%.1f of its CPU%n",
                rate / theirs,
                theirCpu / cpu);
    }

    private static HlsProber prober(boolean segments) {
        return ReactorNettyHlsProber.create(
                HlsSettings.defaults().withSegments(segments),
                host -> Mono.just(List.of(InetAddress.ofLiteral(host))),
                AllowedNetworks.of(List.of("127.0.0.0/8")),
                Clock.systemUTC());
    }

    private Turn turn(String what, HlsProber prober, List<String> urls, int count, long fleet)
            throws InterruptedException {
        AtomicInteger well = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        AtomicReferenceArray<@Nullable Edge> edges = new AtomicReferenceArray<>(urls.size());
        long pid = ProcessHandle.current().pid();
        double cpu = Peer.cpuSeconds(pid);
        double served = Peer.cpuSeconds(fleet);
        long begun = System.nanoTime();
        CountDownLatch ended = new CountDownLatch(parallel);
        for (int i = 0; i < parallel; i++) {
            new Turns(prober, urls, edges, next, count, well, ended).go();
        }
        ended.await();
        return report(
                what,
                count,
                well.get(),
                (System.nanoTime() - begun) / 1e9,
                Peer.cpuSeconds(pid) - cpu,
                Peer.cpuSeconds(fleet) - served);
    }

    private Turn turn(Blackbox blackbox, int count, long fleet) throws Exception {
        double cpu = Peer.cpuSeconds(blackbox.pid());
        double served = Peer.cpuSeconds(fleet);
        long begun = System.nanoTime();
        int well = blackbox.probe(playlists, count, parallel);
        return report(
                "blackbox_exporter",
                count,
                well,
                (System.nanoTime() - begun) / 1e9,
                Peer.cpuSeconds(blackbox.pid()) - cpu,
                Peer.cpuSeconds(fleet) - served);
    }

    private static Turn report(
            String what, int count, int well, double seconds, double cpu, double served) {
        Turn turn = new Turn(count / seconds, cpu * 1e6 / count);
        System.out.printf(
                Locale.ROOT,
                "%-26s %6d checks, %6d well, %7.0f/s, CPU a check %6.1f us, the fleet's %6.1f us%n",
                what,
                count,
                well,
                turn.rate(),
                turn.cpuMicros(),
                served * 1e6 / count);
        return turn;
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return Peer.median(turns.stream().map(figure::applyAsDouble).toList());
    }

    /** One check after the other. */
    private record Turns(
            HlsProber prober,
            List<String> urls,
            AtomicReferenceArray<@Nullable Edge> edges,
            AtomicInteger next,
            int count,
            AtomicInteger well,
            CountDownLatch ended) {

        void go() {
            int turn = next.getAndIncrement();
            if (turn >= count) {
                ended.countDown();
                return;
            }
            int at = turn % urls.size();
            prober.probe(urls.get(at), edges.get(at)).subscribe(result -> took(at, result));
        }

        private void took(int at, HlsResult result) {
            edges.set(at, result.edge());
            if (result.status() == HlsStatus.SUCCESS) {
                well.incrementAndGet();
            } else {
                System.out.println(result);
            }
            go();
        }
    }
}
