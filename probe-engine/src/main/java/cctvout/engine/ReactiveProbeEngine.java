package cctvout.engine;

import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.cluster.Claim;
import cctvout.cluster.Shards;
import cctvout.history.ProbeHistory;
import cctvout.hls.HlsProber;
import cctvout.icmp.IcmpProber;
import cctvout.lifecycle.LivingPart;
import cctvout.schedule.DueProbes;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns the {@link ProbeLoop} on one thread of its own: registry changes, time and finished checks
 * go in, checks, transitions and results come out. Nothing waits for anything: a database that is
 * away stops no probe.
 */
final class ReactiveProbeEngine implements ProbeEngine, SmartLifecycle, LivingPart {

    private static final Logger log = LoggerFactory.getLogger(ReactiveProbeEngine.class);

    /** How finely time is cut: what is due begins this much late at most. */
    private static final Duration TURN = Duration.ofMillis(5);

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LAND_WITHIN = Duration.ofSeconds(3);

    private final EngineSettings settings;
    private final TransitionLog transitions;
    private final IcmpProber icmp;
    private final EngineClock clock;
    private final EngineMeters meters;
    private final Scheduler thread;
    private final Canaries canaries;
    private final Vitals vitals;
    private final TransitionWriter writer;
    private final Roster roster;
    private final RosterFeed feed;
    private final ProbeLoop loop;
    private final Sinks.Many<CameraStatus> results = Sinks.many().multicast().directBestEffort();
    private final AtomicInteger asked = new AtomicInteger();
    private Disposable.Composite running = Disposables.composite();
    private volatile boolean started;
    private volatile long startedAt;
    private volatile long turns;
    private volatile boolean deaf;
    private volatile @Nullable Thread turning;

    ReactiveProbeEngine(
            EngineSettings settings,
            Shards shards,
            CameraRegistry registry,
            TransitionLog transitions,
            ProbeHistory history,
            IcmpProber icmp,
            HlsProber hls,
            EngineMeters meters,
            EngineClock clock,
            Scheduler thread) {
        this.settings = settings;
        this.transitions = transitions;
        this.icmp = icmp;
        this.clock = clock;
        this.meters = meters;
        this.thread = thread;
        CameraChecker checker = new CameraChecker(icmp, hls);
        this.canaries = new Canaries(settings.canaries(), settings.canaryInterval(), icmp, clock);
        this.vitals = new Vitals(settings, canaries);
        this.writer = new TransitionWriter(transitions, settings.transitionBuffer(), this::refused);
        Out out = new Out();
        this.roster = new Roster(settings, clock, meters, checker, out);
        this.feed = new RosterFeed(settings, shards, registry, transitions, roster, thread);
        this.loop = new ProbeLoop(settings, clock, meters, history, vitals, checker, roster, out);
        meters.watch(vitals);
    }

    @Override
    public void start() {
        started = true;
        startedAt = clock.nanos();
        deaf = false;
        running = Disposables.composite();
        running.add(writer.start());
        running.add(canaries.start());
        thread.schedule(() -> safely(loop::begin));
        running.add(
                thread.schedulePeriodically(this::turn, 0, TURN.toMillis(), TimeUnit.MILLISECONDS));
        running.add(thread.schedulePeriodically(meters::everySecond, 1, 1, TimeUnit.SECONDS));
        running.add(cameras());
        log.info("Probing every {}; ICMP: {}", settings.interval(), icmp.explanation());
    }

    private Disposable cameras() {
        return feed.steps()
                .subscribe(
                        ReactiveProbeEngine::safely,
                        bug -> {
                            deaf = true;
                            log.error("The registry can no longer be followed", bug);
                        });
    }

    /** An error that is no mere bug ends the turns: then they are no longer counted. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void turn() {
        turning = Thread.currentThread();
        safely(loop::turn);
        turns++;
    }

    @Override
    public String part() {
        return "probing";
    }

    @Override
    public long beats() {
        return !started ? System.nanoTime() : deaf || writer.hasEnded() ? 0 : turns;
    }

    @Override
    public @Nullable Thread thread() {
        return turning;
    }

    /** One camera's trouble must not stop the loop. */
    private static void safely(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException bug) {
            log.error("A turn of the probe loop failed", bug);
        }
    }

    /** Another engine was first: its word counts. */
    private Mono<Void> refused(StatusTransition transition) {
        return transitions
                .current(transition.cameraId())
                .publishOn(thread)
                .doOnNext(truth -> safely(() -> loop.corrected(truth)))
                .then();
    }

    @Override
    public void stop(Runnable callback) {
        log.info("Probing ends; {} transitions are still to be written", writer.waiting());
        thread.schedule(() -> safely(loop::end));
        landed().then(Mono.defer(writer::flushed))
                .doFinally(
                        _ -> {
                            stop();
                            callback.run();
                        })
                .subscribe();
    }

    /** Completes when all that was begun is in, or after 3 s: others wait for these cameras. */
    private Mono<Void> landed() {
        return Flux.interval(LOOK, LOOK, thread)
                .onBackpressureDrop()
                .takeUntil(_ -> loop.hasLanded())
                .then()
                .timeout(LAND_WITHIN)
                .onErrorComplete();
    }

    @Override
    public void stop() {
        started = false;
        running.dispose();
        thread.schedule(() -> safely(loop::stop));
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public Mono<CameraStatus> check(CameraId id) {
        return Mono.defer(
                () -> {
                    if (asked.incrementAndGet() > settings.askedChecks()) {
                        asked.decrementAndGet();
                        return Mono.error(new EngineBusyException(settings.askedChecks()));
                    }
                    Sinks.One<CameraStatus> answer = Sinks.one();
                    thread.schedule(() -> safely(() -> loop.ask(id, answer)));
                    return answer.asMono().doFinally(_ -> asked.decrementAndGet());
                });
    }

    @Override
    public Optional<CameraStatus> status(CameraId id) {
        return Optional.ofNullable(roster.status(id));
    }

    @Override
    public Flux<CameraStatus> results() {
        return results.asFlux();
    }

    @Override
    public EngineStatus status() {
        boolean unavailable = icmp.mode() == IcmpProber.Mode.UNAVAILABLE;
        EngineCause cause = vitals.cause();
        return new EngineStatus(
                meters.probesPerSecond(),
                meters.latenessP99Ms(),
                icmp.mode().name().toLowerCase(Locale.ROOT),
                unavailable ? icmp.explanation() : "",
                meters.inconclusiveSoFar(),
                roster.cameras().size(),
                vitals.state(),
                cause == null ? "" : cause.sentence(),
                cause,
                vitals.lanes(),
                nextDue());
    }

    private @Nullable Instant nextDue() {
        long due = loop.nextDue();
        return due == DueProbes.NEVER ? null : clock.now().plusNanos(due - clock.nanos());
    }

    private final class Out implements Ports {
        @Override
        public boolean transition(StatusTransition transition, Claim claim) {
            return writer.offer(transition, claim);
        }

        private boolean any;

        @Override
        public void shown(CameraStatus status) {
            if (!any) {
                any = true;
                Duration took = Duration.ofNanos(clock.nanos() - startedAt);
                log.info("First result {} ms after the start of probing", took.toMillis());
            }
            results.tryEmitNext(status);
        }
    }
}
