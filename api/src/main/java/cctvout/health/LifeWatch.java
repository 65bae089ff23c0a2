package cctvout.health;

import cctvout.lifecycle.LivingPart;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks once a second whether every part of the process goes on: a part of liveness, as only a new
 * process mends one that does not. Looks are counted, not seconds: a process that stood still as a
 * whole finds all its parts well when it goes on. On a thread of its own.
 */
final class LifeWatch implements HealthIndicator, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LifeWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Supplier<List<LivingPart>> parts;
    private final long patience;
    private final long end;
    private final Runnable ending;
    private final Scheduler thread;
    private volatile List<String> stuck = List.of();
    private volatile Disposable looking = Disposables.disposed();

    /**
     * @param parts asked for at the start of the watch
     * @param ending ends this process, without more ado
     * @param thread that nothing else waits on
     */
    LifeWatch(
            Supplier<List<LivingPart>> parts,
            MeterRegistry meters,
            HealthSettings settings,
            Runnable ending,
            Scheduler thread) {
        this.parts = parts;
        this.patience = settings.stuck().dividedBy(LOOK);
        this.end =
                settings.end().isZero()
                        ? Long.MAX_VALUE
                        : patience + settings.end().dividedBy(LOOK);
        this.ending = ending;
        this.thread = thread;
        Gauge.builder("cctvout.health.stuck", this, watch -> watch.stuck.size())
                .description("parts of this process that stand still: it has to be started anew")
                .register(meters);
    }

    @Override
    public Health health() {
        List<String> now = stuck;
        return now.isEmpty() ? Health.up().build() : Health.down().withDetail("stuck", now).build();
    }

    @Override
    public void start() {
        looking =
                Flux.defer(
                                () -> {
                                    List<Heard> heard =
                                            parts.get().stream().map(Heard::new).toList();
                                    return Flux.interval(LOOK, thread)
                                            .onBackpressureDrop()
                                            .doOnNext(_ -> look(heard));
                                })
                        .subscribe(_ -> {}, bug -> LOG.error("Life is no longer watched", bug));
    }

    private void look(List<Heard> parts) {
        List<String> still = new ArrayList<>();
        for (Heard heard : parts) {
            long silent = heard.look();
            if (silent == patience) {
                LOG.error(
                        "{} stands still: this process has to be started anew",
                        heard.part.part(),
                        whereIs(heard.part.thread()));
            }
            if (silent >= patience) {
                still.add(heard.part.part());
            }
            if (silent == end) {
                LOG.error("{} stands still for too long: ends", heard.part.part());
                ending.run();
            }
        }
        stuck = List.copyOf(still);
    }

    /** Where a thread is, for the log: as its lines have the stack of an exception. */
    private static @Nullable Throwable whereIs(@Nullable Thread thread) {
        if (thread == null) {
            return null;
        }
        var place = new IllegalStateException(thread.getName() + " is in " + thread.getState());
        place.setStackTrace(thread.getStackTrace());
        return place;
    }

    @Override
    public void stop() {
        looking.dispose();
    }

    @Override
    public boolean isRunning() {
        return !looking.isDisposed();
    }

    /** The watch's thread alone. */
    private static final class Heard {
        private final LivingPart part;
        private long beats;
        private long silent;

        Heard(LivingPart part) {
            this.part = part;
            this.beats = part.beats();
        }

        /** For how many looks it has been silent. */
        long look() {
            long now = part.beats();
            silent = now == beats ? silent + 1 : 0;
            beats = now;
            return silent;
        }
    }
}
