package cctvout.engine;

import cctvout.camera.CameraChange;
import cctvout.cluster.Shards;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpSettings;
import cctvout.icmp.NettyIcmpProber;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A real engine with real echoes in a process of its own, to be stopped from outside. Says every
 * 100 ms: the time in milliseconds, echo trains begun so far, faults so far, its state.
 */
final class StandstillMain {

    private static final int EVERY_MS = 100;

    private StandstillMain() {}

    public static void main(String[] args) throws InterruptedException {
        int cameras = Integer.parseInt(args[0]);
        Duration interval = Duration.parse(args[1]);
        HostResolver literal = host -> Mono.just(List.of(InetAddress.ofLiteral(host)));
        IcmpProber icmp =
                NettyIcmpProber.open(
                        IcmpSettings.standard()
                                .train(4, Duration.ofMillis(50), Duration.ofSeconds(1)),
                        literal,
                        AllowedNetworks.of(List.of("127.0.0.0/8")),
                        Clock.systemUTC());
        if (icmp.mode() == IcmpProber.Mode.UNAVAILABLE) {
            LoggerFactory.getLogger(StandstillMain.class).error(icmp.explanation());
            return;
        }
        AtOnce city = new AtOnce();
        var engine =
                new ReactiveProbeEngine(
                        City.settings(interval, "first-checks-per-second=2000"),
                        Shards.alone(),
                        city,
                        city,
                        city,
                        icmp,
                        city,
                        new EngineMeters(new SimpleMeterRegistry()),
                        EngineClock.system(),
                        Schedulers.newSingle("probe-loop"));
        engine.start();
        for (int i = 0; i < cameras; i++) {
            String ip = "127.5." + i / 250 + "." + (1 + i % 250);
            var camera = City.camera("c" + i, ip, null);
            city.changes.tryEmitNext(new CameraChange.Saved(camera, i + 1)).orThrow();
        }
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(EVERY_MS, TimeUnit.MILLISECONDS)) {
            System.out.printf(
                    "%d %d %d %s%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                    city.checks.sum(),
                    city.log.stream().filter(t -> t.to().isFault()).count(),
                    engine.status().state());
        }
    }
}
