package cctvout.stream;

import cctvout.camera.CameraRegistry;
import cctvout.engine.ProbeEngine;
import cctvout.log.EventLog;
import cctvout.problem.ProblemException;
import cctvout.relay.FarResults;
import cctvout.stream.StreamMetrics.Closed;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One tail of the log for all dashboards of this process, and what they see beside it. Stops before
 * the web server does, so that streams end well and browsers connect elsewhere.
 */
final class StreamHub implements SmartLifecycle {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SUMMARY_LOOK = Duration.ofMillis(250);

    private final EventLog log;
    private final @Nullable ProbeEngine engine;
    private final StreamSettings settings;
    private final StreamMetrics metrics;
    private final Set<StreamClient> clients = ConcurrentHashMap.newKeySet();
    private final Scheduler scheduler = Schedulers.newSingle("cctvout-stream", true);
    private final CameraPlaces places;
    private final StreamFeeds feeds;
    private final SummaryFeed summaries;
    private final ResultFeed results;
    private volatile Disposable.@Nullable Composite running;

    StreamHub(
            EventLog log,
            CameraRegistry cameras,
            @Nullable ProbeEngine engine,
            @Nullable FarResults far,
            SummarySource summary,
            JsonMapper json,
            StreamSettings settings,
            StreamMetrics metrics) {
        this.log = log;
        this.engine = engine;
        this.settings = settings;
        this.metrics = metrics;
        this.places = new CameraPlaces(cameras);
        var passing = new PassingEvents();
        this.feeds =
                new StreamFeeds(
                        new EventRing(settings.ring()),
                        new ReplayPages(log, places, settings),
                        passing);
        this.summaries = new SummaryFeed(summary, passing, json, scheduler, this::wakeAll);
        this.results = new ResultFeed(passing, places, settings, json, scheduler, far);
        metrics.watch(clients);
    }

    /**
     * One client's stream, in batches of whole events. Lazy.
     *
     * @param after the number to read on after, or {@link StreamCursor#NOW}
     * @throws ProblemException 503 past the limit, or while the process stops
     */
    Flux<byte[]> connect(StreamFilter filter, long after, StreamConnection connection) {
        if (running == null) {
            throw ProblemException.unavailable("this process is stopping");
        }
        if (clients.size() >= settings.maxClients()) {
            metrics.refused();
            throw ProblemException.unavailable(
                    "cctvout.stream.max-clients: "
                            + settings.maxClients()
                            + " streams are open already");
        }
        var client = new StreamClient(filter, after, connection, feeds, settings, this::ended);
        return Flux.defer(
                () -> {
                    clients.add(client);
                    if (running == null) {
                        // stopped since: all that were there have been told already
                        client.shutDown();
                        return Flux.empty();
                    }
                    scheduler.schedule(this::lookForSummary);
                    return client.batches();
                });
    }

    /**
     * Where to go on: the number itself, or the log's end where the number is from another, longer
     * log. Lazy.
     */
    Mono<Long> resumption(long after) {
        return after <= feeds.ring().now()
                ? Mono.just(after)
                : log.head().map(head -> Math.min(after, head)).onErrorReturn(after);
    }

    @Override
    public void start() {
        var parts = Disposables.composite();
        parts.add(places.start());
        parts.add(feeds.replays().start());
        parts.add(tail());
        if (engine != null) {
            parts.add(results.follow(engine));
        }
        parts.add(every(LOOK, this::lookAfterAll));
        parts.add(every(SUMMARY_LOOK, this::lookForSummary));
        parts.add(every(settings.resultsEvery(), this::flushResults));
        running = parts;
    }

    @Override
    public void stop() {
        Disposable parts = running;
        running = null;
        if (parts != null) {
            parts.dispose();
        }
        results.stop();
        clients.forEach(StreamClient::shutDown);
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    private Disposable tail() {
        return Flux.defer(this::follow)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1)))
                .subscribe(this::append);
    }

    private Flux<StreamEntry> follow() {
        EventRing ring = feeds.ring();
        if (ring.isReady()) {
            return feeds.replays().follow(ring.last());
        }
        return log.head()
                .flatMapMany(
                        head -> {
                            // filled at once, so that who returns after a restart is served from it
                            long after = Math.max(0, head - settings.ring());
                            ring.begin(after, head);
                            wakeAll();
                            return feeds.replays().follow(after);
                        });
    }

    private void append(StreamEntry entry) {
        feeds.ring().add(entry);
        summaries.changed();
        // who wants none of it goes past it at the next look
        for (StreamClient client : clients) {
            if (client.wants(entry)) {
                client.wake();
            }
        }
    }

    private void lookAfterAll() {
        long now = System.nanoTime();
        clients.forEach(client -> client.look(now));
    }

    private void lookForSummary() {
        summaries.look(anyWants("summary"), System.nanoTime());
    }

    private void flushResults() {
        if (results.flush(anyWants("result"))) {
            wakeAll();
        }
    }

    private void wakeAll() {
        clients.forEach(StreamClient::wake);
    }

    private boolean anyWants(String type) {
        return clients.stream().anyMatch(client -> client.wants(type));
    }

    private void ended(StreamClient client, Closed reason) {
        clients.remove(client);
        metrics.closed(reason);
    }

    private Disposable every(Duration period, Runnable action) {
        long millis = period.toMillis();
        return scheduler.schedulePeriodically(action, millis, millis, TimeUnit.MILLISECONDS);
    }
}
