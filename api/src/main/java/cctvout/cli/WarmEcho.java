package cctvout.cli;

import cctvout.icmp.IcmpSettings;
import cctvout.icmp.NettyIcmpProber;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One echo to this machine itself, before the first that counts: its answer finds the code that
 * reads answers loaded, or loading it would be told as a camera's round trip.
 */
final class WarmEcho {

    private static final Duration WAIT = Duration.ofMillis(200);

    private WarmEcho() {}

    /** Blocks until it is back, or for so long. */
    static void send(HostResolver resolver, Clock clock) {
        IcmpSettings one = IcmpSettings.standard().train(1, WAIT, WAIT);
        var over = new CountDownLatch(1);
        try (var prober =
                NettyIcmpProber.open(one, resolver, AllowedNetworks.everywhere(), clock)) {
            prober.probe("127.0.0.1").subscribe(_ -> over.countDown(), _ -> over.countDown());
            var _ = over.await(2 * WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
