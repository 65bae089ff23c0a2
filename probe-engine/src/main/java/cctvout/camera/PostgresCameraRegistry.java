package cctvout.camera;

import cctvout.log.Json;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;
import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.Tail;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The registry in PostgreSQL. Revisions come from one locked row, so that a reader who has seen one
 * never misses one below it; who writes holds that row from the start, so that what is read before
 * writing is still so at the commit. A removed camera stays as a tombstone.
 */
public final class PostgresCameraRegistry implements CameraRegistry {

    private static final String CHANNEL = "camera";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int PAGE = 1000;

    private final Database database;
    private final CameraSearch search;

    public PostgresCameraRegistry(Database database) {
        this.database = database;
        this.search = new CameraSearch(database);
    }

    @Override
    public Mono<Camera> find(CameraId id) {
        return row(id).filter(row -> !row.removed()).map(CameraRow::camera);
    }

    @Override
    public Mono<Camera> lastKnown(CameraId id) {
        return row(id).map(CameraRow::camera);
    }

    @Override
    public Mono<Map<CameraId, Camera>> findAll(Collection<CameraId> ids) {
        return rows(ids, " and not removed").map(CameraRow::camera).collectMap(Camera::id);
    }

    private Flux<CameraRow> rows(Collection<CameraId> ids, String more) {
        return database.client()
                .sql(CameraRow.SOME.formatted(more))
                .bind("ids", ids.stream().map(CameraId::value).toArray(String[]::new))
                .map(row -> Columns.text(row, "rows"))
                .one()
                .flatMapIterable(PostgresCameraRegistry::rows);
    }

    private static List<CameraRow> rows(String json) {
        List<CameraRow> rows = new ArrayList<>();
        for (CameraRow.Read row : Json.read(json, CameraRow.Read[].class)) {
            rows.add(row.row());
        }
        return rows;
    }

    @Override
    public Mono<Page> search(CameraQuery query) {
        return search.page(query);
    }

    @Override
    public Flux<Camera> all() {
        return Flux.defer(() -> pageAfter(""))
                .expand(
                        rows ->
                                rows.size() < PAGE
                                        ? Mono.empty()
                                        : pageAfter(rows.getLast().id().value()))
                .concatMapIterable(rows -> rows);
    }

    private Mono<List<Camera>> pageAfter(String id) {
        return database.client()
                .sql(
                        "select * from camera where not removed and id > :id order by id limit "
                                + PAGE)
                .bind("id", id)
                .map(row -> CameraRow.of(row).camera())
                .all()
                .collectList();
    }

    @Override
    public Mono<Camera> create(Camera camera) {
        return writing(
                row(camera.id())
                        .flatMap(
                                known ->
                                        known.removed()
                                                ? Mono.just(known.version() + 1)
                                                : Mono.<Long>error(
                                                        new RecordExistsException(
                                                                "camera", camera.id().value())))
                        .defaultIfEmpty(1L)
                        .map(camera::withVersion)
                        .flatMap(created -> save(List.of(created)).thenReturn(created)));
    }

    private <T> Mono<T> writing(Mono<T> work) {
        Mono<Void> head =
                database.client()
                        .sql("select seq from log_head where name = 'camera' for update")
                        .fetch()
                        .one()
                        .then();
        return database.inTransaction(head.then(work));
    }

    @Override
    public Mono<Camera> update(Camera camera, OptionalLong expectedVersion) {
        return writing(
                present(camera.id(), expectedVersion)
                        .flatMap(
                                known -> {
                                    if (known.camera().sameAs(camera)) {
                                        return Mono.just(known.camera());
                                    }
                                    Camera next = camera.withVersion(known.version() + 1);
                                    return save(List.of(next)).thenReturn(next);
                                }));
    }

    @Override
    public Mono<Boolean> delete(CameraId id, OptionalLong expectedVersion) {
        return writing(
                present(id, expectedVersion)
                        .flatMap(
                                known ->
                                        database.client()
                                                .sql(
                                                        """
                                                        with head as (
                                                            update log_head set seq = seq + 1
                                                            where name = 'camera' returning seq)
                                                        update camera set removed = true, version = version + 1,
                                                            revision = (select seq from head)
                                                        where id = :id
                                                        """)
                                                .bind("id", id.value())
                                                .then()
                                                .then(wakeReaders())
                                                .thenReturn(true))
                        .defaultIfEmpty(false));
    }

    private Mono<CameraRow> present(CameraId id, OptionalLong expected) {
        return row(id).filter(known -> !known.removed())
                .flatMap(
                        known ->
                                expected.isPresent() && expected.getAsLong() != known.version()
                                        ? Mono.error(
                                                new StaleRecordException(
                                                        "camera",
                                                        id.value(),
                                                        expected.getAsLong(),
                                                        known.version()))
                                        : Mono.just(known));
    }

    private Mono<CameraRow> row(CameraId id) {
        return database.client()
                .sql("select * from camera where id = :id")
                .bind("id", id.value())
                .map(row -> CameraRow.of(row))
                .one();
    }

    @Override
    public Mono<List<Saving>> saveAll(List<Camera> batch) {
        if (batch.size() > CameraQuery.MAX_LIMIT) {
            return Mono.error(
                    new IllegalArgumentException(
                            "a batch of "
                                    + batch.size()
                                    + " cameras, at most "
                                    + CameraQuery.MAX_LIMIT));
        }
        Mono<List<Saving>> work =
                rows(batch.stream().map(Camera::id).toList(), "")
                        .collectMap(row -> row.camera().id())
                        .map(known -> CameraBatch.of(batch, known))
                        .flatMap(taken -> save(taken.altered()).thenReturn(taken.savings()));
        return writing(work);
    }

    private Mono<Void> save(Collection<Camera> cameras) {
        if (cameras.isEmpty()) {
            return Mono.empty();
        }
        List<CameraRow.Written> rows = cameras.stream().map(CameraRow.Written::of).toList();
        return database.client()
                .sql(CameraRow.SAVE)
                .bind("n", (long) rows.size())
                .bind("rows", Json.write(rows))
                .then()
                .then(wakeReaders());
    }

    private Mono<Void> wakeReaders() {
        return database.client()
                .sql("select pg_notify('" + CHANNEL + "', '')")
                .fetch()
                .all()
                .then();
    }

    @Override
    public Flux<CameraChange> changes(long afterRevision) {
        return new Tail<CameraChange>(
                        "the camera registry",
                        database.notifications(CHANNEL),
                        POLL,
                        PAGE,
                        this::changesSoFar,
                        CameraChange::revision)
                .after(afterRevision);
    }

    @Override
    public Mono<List<CameraChange>> changesSoFar(long revision) {
        return changesAfter(revision, PAGE);
    }

    @Override
    public Mono<List<CameraChange>> changesSoFar(CameraPart part, long revision) {
        return database.client()
                .sql(CameraRow.PAGE_OF_PART)
                .bind("revision", revision)
                .bind("shards", part.shards().toArray(Integer[]::new))
                .bind("zone", part.zone())
                .bind("zones", part.zones().toArray(String[]::new))
                .bind("page", PAGE)
                .map(row -> Columns.text(row, "rows"))
                .one()
                .map(PostgresCameraRegistry::changes);
    }

    /** At most so many changes after a revision, in commit order; lazy. */
    public Mono<List<CameraChange>> changesAfter(long revision, int limit) {
        return database.client()
                .sql(CameraRow.PAGE)
                .bind("revision", revision)
                .bind("page", limit)
                .map(row -> Columns.text(row, "rows"))
                .one()
                .map(PostgresCameraRegistry::changes);
    }

    private static List<CameraChange> changes(String json) {
        return rows(json).stream().map(PostgresCameraRegistry::change).toList();
    }

    private static CameraChange change(CameraRow row) {
        return row.removed()
                ? new CameraChange.Removed(row.camera().id(), row.revision())
                : new CameraChange.Saved(row.camera(), row.revision());
    }
}
