package cctvout.icmp;

import cctvout.bench.Peer;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code icmp [targets] [rounds]}: one echo to each of so many loopback targets, through the
 * engine's own prober and through fping, by turns.
 */
public final class SweepBenchmark {

    private record Sweep(double perSecond, double cpuMicros) {}

    private SweepBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        List<String> targets = targets(count);
        List<Sweep> ours = new ArrayList<>();
        List<Sweep> fping = new ArrayList<>();
        IcmpSettings settings =
                IcmpSettings.standard().train(1, Duration.ofMillis(10), Duration.ofSeconds(1));
        HostResolver nobody = host -> Mono.error(new UnknownHostException(host));
        try (NettyIcmpProber prober =
                NettyIcmpProber.open(
                        settings, nobody, AllowedNetworks.everywhere(), Clock.systemUTC())) {
            System.out.println(prober.explanation());
            sweep(prober, targets);
            sweep(prober, targets);
            for (int round = 0; round < rounds; round++) {
                ours.add(sweep(prober, targets));
                if (Peer.installed("fping")) {
                    fping.add(fping(targets));
                }
            }
        }
        report(ours, fping);
    }

    private static void report(List<Sweep> ours, List<Sweep> fping) {
        double rate = Peer.median(ours.stream().map(Sweep::perSecond).toList());
        double cpu = Peer.median(ours.stream().map(Sweep::cpuMicros).toList());
        Peer.say("cctv-out sweep, median", rate, cpu);
        if (fping.isEmpty()) {
            System.out.println("fping is not installed: ours alone");
            return;
        }
        double theirs = Peer.median(fping.stream().map(Sweep::perSecond).toList());
        double theirCpu = Peer.median(fping.stream().map(Sweep::cpuMicros).toList());
        Peer.say("fping -q -r 0 -i 0, median", theirs, theirCpu);
        System.out.printf(
                "ratio: %.2f x its rate, %.2f x its CPU%n", rate / theirs, cpu / theirCpu);
    }

    private static List<String> targets(int count) {
        List<String> targets = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            targets.add("127.%d.%d.%d".formatted(1 + (i >> 16), i >> 8 & 255, i & 255));
        }
        return targets;
    }

    private static Sweep sweep(IcmpProber prober, List<String> targets)
            throws InterruptedException {
        AtomicInteger good = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(targets.size());
        double cpu = Peer.cpuSeconds(ProcessHandle.current().pid());
        long start = System.nanoTime();
        for (String target : targets) {
            prober.probe(target)
                    .subscribe(
                            outcome -> {
                                if (outcome instanceof IcmpOutcome.Measured(IcmpResult it)
                                        && it.status() == IcmpStatus.SUCCESS) {
                                    good.incrementAndGet();
                                }
                                done.countDown();
                            });
        }
        if (!done.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException(done.getCount() + " without an outcome");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (good.get() < targets.size()) {
            System.out.println(targets.size() - good.get() + " did not answer");
        }
        cpu = Peer.cpuSeconds(ProcessHandle.current().pid()) - cpu;
        return new Sweep(targets.size() / seconds, cpu * 1e6 / targets.size());
    }

    private static Sweep fping(List<String> targets) throws IOException, InterruptedException {
        Path file = Files.createTempFile("targets", ".txt");
        Files.write(file, targets);
        double cpu = Peer.cpuSecondsOfEndedChildren();
        long start = System.nanoTime();
        Process fping =
                new ProcessBuilder("fping", "-q", "-r", "0", "-i", "0", "-t", "1000")
                        .redirectInput(file.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        fping.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(file);
        cpu = Peer.cpuSecondsOfEndedChildren() - cpu;
        return new Sweep(targets.size() / seconds, cpu * 1e6 / targets.size());
    }
}
