package cctvout.health;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.lifecycle.LivingPart;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoopGroup;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import reactor.test.scheduler.VirtualTimeScheduler;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class LifeWatchTest {

    private static final HealthSettings SETTINGS =
            new HealthSettings(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile long blockedFor;

    @AfterEach
    void end() {
        time.dispose();
    }

    @Test
    void aProcessWhosePartStandsStillIsNotAliveUntilItGoesOn() {
        var probing = new Part("probing");
        LifeWatch watch = watch(List.of(probing, new Part("alerting")), SETTINGS);
        seconds(60);
        assertThat(watch.health().getStatus()).isEqualTo(Status.UP);

        probing.stands = true;
        seconds(29);
        assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
        seconds(1);
        assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(watch.health().getDetails()).containsEntry("stuck", List.of("probing"));
        assertThat(meters.get("cctvout.health.stuck").gauge().value()).isEqualTo(1);

        probing.stands = false;
        seconds(1);
        assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
        seconds(100);
        assertThat(ended).hasValue(0);
    }

    @Test
    void oneThatGoesOnStandingStillEndsOnce() {
        var probing = new Part("probing");
        watch(List.of(probing), SETTINGS);
        probing.stands = true;
        seconds(49);
        assertThat(ended).hasValue(0);
        seconds(100);
        assertThat(ended).hasValue(1);
    }

    @Test
    void unlessItIsNeverTo() {
        var probing = new Part("probing");
        watch(
                List.of(probing),
                new HealthSettings(
                        SETTINGS.every(), SETTINGS.patience(), SETTINGS.stuck(), Duration.ZERO));
        probing.stands = true;
        seconds(10_000);
        assertThat(ended).hasValue(0);
    }

    @Test
    void oneEventLoopOfManyThatStandsStillIsFound() throws Exception {
        var loops = new DefaultEventLoopGroup(2);
        var release = new AtomicBoolean();
        var blocked = new CountDownLatch(1);
        try {
            List<LivingPart> parts = EventLoopPart.of(loops, "event loop");
            LifeWatch watch = watch(parts, SETTINGS);
            loops.next()
                    .execute(
                            () -> {
                                blocked.countDown();
                                for (long turns = 0; !release.get(); turns++) {
                                    blockedFor = turns;
                                }
                            });
            blocked.await();
            for (int i = 0; i < 60; i++) {
                turnOfTheOthers(loops);
                seconds(1);
            }
            assertThat(watch.health().getDetails()).containsEntry("stuck", List.of("event loop 1"));

            assertThat(blockedFor).isPositive();
            release.set(true);
            for (var loop : loops) {
                loop.submit(() -> {}).get();
            }
            seconds(1);
            assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
        } finally {
            release.set(true);
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).get();
        }
    }

    /** The second loop has done what it was given, before time goes on. */
    private static void turnOfTheOthers(DefaultEventLoopGroup loops) throws Exception {
        var all = loops.iterator();
        all.next();
        all.next().submit(() -> {}).get();
    }

    private LifeWatch watch(List<LivingPart> parts, HealthSettings settings) {
        var watch = new LifeWatch(() -> parts, meters, settings, ended::incrementAndGet, time);
        watch.start();
        return watch;
    }

    private void seconds(int number) {
        time.advanceTimeBy(Duration.ofSeconds(number));
    }

    private static final class Part implements LivingPart {
        private final String name;
        private volatile boolean stands;
        private long beats;

        Part(String name) {
            this.name = name;
        }

        @Override
        public String part() {
            return name;
        }

        @Override
        public long beats() {
            return stands ? beats : ++beats;
        }

        @Override
        public @Nullable Thread thread() {
            return Thread.currentThread();
        }
    }
}
