package cctvout.relay;

import cctvout.camera.CameraId;
import cctvout.log.Json;
import cctvout.relay.FarCheckTable.Standing;
import cctvout.status.CameraStatus;
import cctvout.store.Database;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks that the process that probes the camera is asked for, wherever it runs. */
public final class FarChecks {

    /** A hint may be lost. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Database database;
    private final FarCheckTable table;
    private final RelaySettings settings;
    private final AtomicInteger asked = new AtomicInteger();

    public FarChecks(Database database, RelaySettings settings) {
        this.database = database;
        this.table = new FarCheckTable(database);
        this.settings = settings;
    }

    /**
     * Has the camera probed now by the process that probes it. Lazy; completes with the status that
     * the probe led to; empty where that process does not watch the camera (it is paused, or was
     * taken over just now); errors with {@link NobodyProbesException} and {@link
     * RelayBusyException}. Cancel gives the check up.
     */
    public Mono<CameraStatus> check(CameraId id) {
        return Mono.defer(
                () -> {
                    if (asked.incrementAndGet() > settings.checks()) {
                        asked.decrementAndGet();
                        return Mono.error(RelayBusyException.here(settings.checks()));
                    }
                    return asked(id).doFinally(_ -> asked.decrementAndGet());
                });
    }

    private Mono<CameraStatus> asked(CameraId id) {
        Duration within = settings.answeredWithin();
        return Mono.usingWhen(
                table.ask(id, within),
                row ->
                        answered(id, row)
                                .timeout(
                                        within,
                                        Mono.error(
                                                () ->
                                                        NobodyProbesException.notAnswered(
                                                                id, within))),
                row -> table.forget(row).onErrorComplete());
    }

    private Mono<CameraStatus> answered(CameraId id, long row) {
        long begun = System.nanoTime();
        return Flux.merge(
                        RelayChannels.hints(database, RelayChannels.ANSWERED, RelayChannels.CHECKS)
                                .map(_ -> true),
                        Flux.interval(Duration.ZERO, LOOK).onBackpressureDrop().map(_ -> true))
                .onBackpressureLatest()
                .concatMap(_ -> table.look(row), 1)
                .doOnNext(
                        seen -> {
                            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
                            if (!seen.taken() && waited.compareTo(settings.takenWithin()) > 0) {
                                throw NobodyProbesException.notTaken(id, settings.takenWithin());
                            }
                        })
                .filter(seen -> seen.outcome() != null)
                .next()
                .flatMap(FarChecks::read);
    }

    private static Mono<CameraStatus> read(Standing standing) {
        return switch (standing.outcome()) {
            case CHECKED -> Mono.just(Json.read(standing.answer(), CameraStatus.class));
            case BUSY -> Mono.error(new RelayBusyException(standing.answer()));
            case NOT_WATCHED -> Mono.empty();
            case null -> throw new IllegalStateException("not answered");
        };
    }
}
