package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.maintenance.Maintenance;
import cctvout.maintenance.MaintenanceRules;
import cctvout.maintenance.MaintenanceWindow;
import cctvout.maintenance.MaintenanceWindows;
import cctvout.notification.NotificationPipeline;
import cctvout.record.InvalidRecordException;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;
import cctvout.record.Violation;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What people do with maintenance windows. Each change times anew, in its own transaction, what is
 * held and what is about to be told. All publishers are lazy.
 */
public final class MaintenanceDesk {

    private final Database database;
    private final MaintenanceWindows windows;
    private final PolicyRows policies;
    private final HeldRows held;
    private final NotificationPipeline pipeline;
    private final Supplier<String> newId;
    private final InstantSource clock;

    MaintenanceDesk(
            Database database,
            MaintenanceWindows windows,
            PolicyRows policies,
            NotificationPipeline pipeline,
            Supplier<String> newId,
            InstantSource clock) {
        this.database = database;
        this.windows = windows;
        this.policies = policies;
        this.held = new HeldRows(database);
        this.pipeline = pipeline;
        this.newId = newId;
        this.clock = clock;
    }

    /** All of them, {@link MaintenanceWindows#MAX} at most, ordered by id. */
    public Mono<List<MaintenanceWindow>> all() {
        return windows.all();
    }

    /** Empty where the id is unknown. */
    public Mono<MaintenanceWindow> find(String id) {
        return windows.find(id);
    }

    /** Whether a camera is under maintenance; empty where it is not. */
    public Mono<Maintenance.Held> activeFor(Camera camera) {
        return windows.all()
                .mapNotNull(all -> new Maintenance(all).activeAt(camera, clock.instant()));
    }

    /**
     * The stored one, with an id of its own where it brought none. Errors with {@link
     * InvalidRecordException} or {@link RecordExistsException}.
     *
     * @param who a user's name
     */
    public Mono<MaintenanceWindow> create(MaintenanceWindow window, String who) {
        return Mono.defer(
                () -> {
                    String id = window.id().isEmpty() ? newId.get() : window.id();
                    MaintenanceWindow fresh = window.stored(id, who, 0);
                    MaintenanceRules.check(fresh, true, clock.instant());
                    return changing(windows.all().flatMap(all -> add(fresh, all)));
                });
    }

    private Mono<MaintenanceWindow> add(MaintenanceWindow fresh, List<MaintenanceWindow> all) {
        if (all.stream().anyMatch(one -> one.id().equals(fresh.id()))) {
            return Mono.error(new RecordExistsException("maintenance window", fresh.id()));
        }
        if (all.size() >= MaintenanceWindows.MAX) {
            String reason = "more than " + MaintenanceWindows.MAX + " maintenance windows";
            return Mono.error(
                    new InvalidRecordException(List.of(new Violation("id", null, reason))));
        }
        return windows.put(fresh, clock.instant());
    }

    /**
     * Replaces one. Errors with {@link StaleRecordException} or {@link InvalidRecordException};
     * empty where the id is unknown.
     */
    public Mono<MaintenanceWindow> update(MaintenanceWindow window, OptionalLong expectedVersion) {
        return changing(
                stored(window.id(), expectedVersion)
                        .flatMap(
                                before -> {
                                    MaintenanceWindow wanted =
                                            window.stored(
                                                    before.id(),
                                                    before.createdBy(),
                                                    before.version());
                                    Instant now = clock.instant();
                                    MaintenanceRules.check(wanted, false, now);
                                    return wanted.equals(before)
                                            ? Mono.just(before)
                                            : windows.put(wanted, now);
                                }));
    }

    /** True where it was there; what it held is told at once. */
    public Mono<Boolean> delete(String id, OptionalLong expectedVersion) {
        return changing(
                        stored(id, expectedVersion)
                                .flatMap(one -> windows.end(id, clock.instant()).thenReturn(true)))
                .defaultIfEmpty(false);
    }

    private Mono<MaintenanceWindow> stored(String id, OptionalLong expectedVersion) {
        return windows.find(id)
                .flatMap(
                        stored ->
                                expectedVersion.isPresent()
                                                && expectedVersion.getAsLong() != stored.version()
                                        ? Mono.error(
                                                new StaleRecordException(
                                                        "maintenance window",
                                                        id,
                                                        expectedVersion.getAsLong(),
                                                        stored.version()))
                                        : Mono.just(stored));
    }

    private <T> Mono<T> changing(Mono<T> change) {
        Mono<T> work = windows.lock().then(change).flatMap(done -> retimed().thenReturn(done));
        return database.inTransaction(work).doOnNext(_ -> pipeline.wake());
    }

    private Mono<Integer> retimed() {
        return Mono.zip(windows.all(), policies.all())
                .flatMap(
                        read ->
                                held.retime(
                                        new Maintenance(read.getT1()),
                                        read.getT2(),
                                        clock.instant()));
    }
}
