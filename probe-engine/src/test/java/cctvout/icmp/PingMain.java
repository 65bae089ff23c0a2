package cctvout.icmp;

import cctvout.icmp.IcmpSettings.SocketKind;
import cctvout.network.AllowedNetworks;
import cctvout.network.DnsHostResolver;
import cctvout.network.DnsSettings;

import reactor.core.publisher.Flux;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs inside a network namespace: {@code KIND COUNT SPACING TIMEOUT HOST...}, one line a host:
 * {@code 127.0.0.1 SUCCESS OK 4/4}. The first line is the mode.
 */
final class PingMain {

    private static final int AT_ONCE = 1_500;

    private PingMain() {}

    public static void main(String[] args) throws InterruptedException {
        IcmpSettings settings =
                IcmpSettings.standard()
                        .socket(SocketKind.valueOf(args[0]))
                        .train(
                                Integer.parseInt(args[1]),
                                Duration.parse(args[2]),
                                Duration.parse(args[3]));
        List<String> hosts = List.of(args).subList(4, args.length);
        CountDownLatch done = new CountDownLatch(1);
        try (DnsHostResolver resolver = DnsHostResolver.open(DnsSettings.standard());
                NettyIcmpProber prober =
                        NettyIcmpProber.open(
                                settings,
                                resolver,
                                AllowedNetworks.everywhere(),
                                Clock.systemUTC())) {
            System.out.println(prober.mode());
            Flux.fromIterable(hosts)
                    .flatMap(
                            host -> prober.probe(host).map(outcome -> line(host, outcome)), AT_ONCE)
                    .doFinally(_ -> done.countDown())
                    .subscribe(System.out::println);
            done.await();
        }
    }

    static String line(String host, IcmpOutcome outcome) {
        return switch (outcome) {
            case IcmpOutcome.Inconclusive(String reason) -> host + " INCONCLUSIVE " + reason;
            case IcmpOutcome.Measured(IcmpResult it) ->
                    "%s %s %s %d/%d"
                            .formatted(host, it.status(), it.reason(), it.received(), it.sent());
        };
    }
}
