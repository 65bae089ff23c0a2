package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.icmp.IcmpOutcome.Inconclusive;
import cctvout.icmp.IcmpSettings.SocketKind;
import cctvout.network.AllowedNetworks;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Two thousand targets answer within one burst, and the socket has room for some dozens of answers:
 * the rest is thrown away by our own kernel.
 */
class FullBufferTest {

    private static final int TARGETS = 2_000;
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void answersThatWeHadNoRoomForAreNoSilence() throws Exception {
        try (NettyIcmpProber prober =
                NettyIcmpProber.open(
                        small(),
                        host -> Mono.error(new UnknownHostException(host)),
                        AllowedNetworks.of(List.of("127.0.0.0/8")),
                        Clock.systemUTC())) {
            assumeTrue(prober.mode() != IcmpProber.Mode.UNAVAILABLE, prober.explanation());

            CountDownLatch allAsked = new CountDownLatch(1);
            Objects.requireNonNull(prober.loop())
                    .execute(() -> spin(() -> allAsked.getCount() > 0));

            var outcomes = probed(prober);
            allAsked.countDown();

            assertThat(outcomes.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .hasSize(TARGETS)
                    .filteredOn(Inconclusive.class::isInstance)
                    .as("lost in our own buffer")
                    .isNotEmpty();
            assertThat(outcomes.get())
                    .allMatch(
                            outcome ->
                                    outcome instanceof Inconclusive
                                            || outcome instanceof IcmpOutcome.Measured(var result)
                                                    && result.status() == IcmpStatus.SUCCESS);
        }
    }

    private static CompletableFuture<@Nullable List<IcmpOutcome>> probed(NettyIcmpProber prober) {
        return Flux.range(0, TARGETS)
                .map(i -> "127.0.%d.%d".formatted(i / 250, 1 + i % 250))
                .flatMap(prober::probe, TARGETS)
                .collectList()
                .toFuture();
    }

    /** Keeps its thread busy without a call that an event loop may not make. */
    private static void spin(BooleanSupplier on) {
        long over = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (long now = System.nanoTime(); on.getAsBoolean() && now < over; ) {
            now = System.nanoTime();
        }
    }

    private static IcmpSettings small() {
        return new IcmpSettings(
                1,
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                TARGETS,
                1_400,
                65_536,
                TARGETS,
                10_000_000,
                SocketKind.AUTO);
    }
}
