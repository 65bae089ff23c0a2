package cctvout.icmp;

import cctvout.icmp.IcmpSettings.SocketKind;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import reactor.core.publisher.Mono;

import java.lang.management.ManagementFactory;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures: {@code KIND TARGETS ROUNDS} one echo to each of so many distinct loopback targets. */
final class SweepMain {

    private SweepMain() {}

    public static void main(String[] args) throws InterruptedException {
        IcmpSettings settings =
                IcmpSettings.standard()
                        .socket(SocketKind.valueOf(args[0]))
                        .train(1, Duration.ofMillis(10), Duration.ofSeconds(1));
        int targets = Integer.parseInt(args[1]);
        HostResolver nobody = host -> Mono.error(new UnknownHostException(host));
        try (NettyIcmpProber prober =
                NettyIcmpProber.open(
                        settings, nobody, AllowedNetworks.everywhere(), Clock.systemUTC())) {
            for (int round = 0; round < Integer.parseInt(args[2]); round++) {
                sweep(prober, targets);
            }
        }
    }

    private static void sweep(IcmpProber prober, int targets) throws InterruptedException {
        AtomicInteger good = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(targets);
        long cpu = cpu();
        long start = System.nanoTime();
        // each by itself: flatMap looks through all that are in flight whenever one ends
        for (int i = 1; i <= targets; i++) {
            prober.probe("127.%d.%d.%d".formatted(1 + (i >> 16), i >> 8 & 255, i & 255))
                    .subscribe(
                            outcome -> {
                                if (outcome instanceof IcmpOutcome.Measured(IcmpResult it)
                                        && it.status() == IcmpStatus.SUCCESS) {
                                    good.incrementAndGet();
                                }
                                done.countDown();
                            });
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d of %d in %.3f s: %.0f/s, cpu %.2f s%n",
                good.get(), targets, seconds, targets / seconds, (cpu() - cpu) / 1e9);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
