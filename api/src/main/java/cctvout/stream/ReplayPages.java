package cctvout.stream;

import cctvout.log.EventLog;
import cctvout.log.LogEntry;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The log as clients get it. Who is further behind than the ring gets pages, a few at a time, so
 * that a thousand returning dashboards leave the database to the others.
 */
final class ReplayPages {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final EventLog log;
    private final CameraPlaces places;
    private final int page;
    private final int parallel;

    /** One per client at most: {@code cctvout.stream.max-clients} bounds it. */
    private final Sinks.Many<Request> requests =
            Sinks.many().unicast().onBackpressureBuffer(new ConcurrentLinkedQueue<>());

    private record Request(long after, Consumer<List<StreamEntry>> got, Runnable failed) {}

    ReplayPages(EventLog log, CameraPlaces places, StreamSettings settings) {
        this.log = log;
        this.places = places;
        this.page = settings.page();
        this.parallel = settings.replays();
    }

    Disposable start() {
        return requests.asFlux().flatMap(this::answer, parallel).subscribe();
    }

    /** Calls one of the two when its turn came, on any thread, with the entries after a number. */
    void request(long after, Consumer<List<StreamEntry>> got, Runnable failed) {
        requests.emitNext(
                new Request(after, got, failed), Sinks.EmitFailureHandler.busyLooping(PATIENCE));
    }

    /** All after a number, then live. */
    Flux<StreamEntry> follow(long after) {
        return log.follow(after, Set.of()).concatMap(this::encode);
    }

    private Mono<Void> answer(Request request) {
        return log.read(request.after(), Set.of(), page)
                .flatMapIterable(entries -> entries)
                .concatMap(this::encode)
                .collectList()
                .timeout(LIMIT)
                .doOnNext(request.got())
                .doOnError(_ -> request.failed().run())
                .onErrorComplete()
                .then();
    }

    private Mono<StreamEntry> encode(LogEntry entry) {
        String camera = entry.cameraId();
        return camera == null
                ? Mono.just(StreamEntry.of(entry, null))
                : places.find(camera).map(place -> StreamEntry.of(entry, place));
    }
}
