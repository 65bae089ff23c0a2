package cctvout.policy;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.record.InvalidRecordException;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;
import cctvout.record.Violation;
import cctvout.rows.Rows;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Table {@code policy}. */
public final class PostgresPolicyStore implements PolicyStore {

    private static final String ADD =
            """
            insert into policy (id, priority, body, version)
            select :id, :priority, :body, :version where (select count(*) from policy) < :max
            on conflict do nothing
            """;

    private static final String MATCHING =
            """
            not removed
                and (cardinality(:lines) = 0 or line = any(:lines))
                and (cardinality(:vendors) = 0 or vendor = any(:vendors))
                and (cardinality(:districts) = 0 or district = any(:districts))
                and (cardinality(:cameras) = 0 or id = any(:cameras))
            """;

    private static final String EXAMPLES =
            """
            select distinct on (line, vendor, district) id, hls_url, line, district, vendor
            from camera where %s order by line, vendor, district, id limit :most
            """
                    .formatted(MATCHING);

    private final Database database;

    public PostgresPolicyStore(Database database) {
        this.database = database;
    }

    @Override
    public Mono<List<Policy>> all() {
        return database.client()
                .sql("select body from policy order by priority, id")
                .map(PostgresPolicyStore::policy)
                .all()
                .collectList();
    }

    @Override
    public Mono<Policy> find(String id) {
        return one("select body from policy where id = :id", id);
    }

    private Mono<Policy> one(String sql, String id) {
        return database.client().sql(sql).bind("id", id).map(PostgresPolicyStore::policy).one();
    }

    @Override
    public Mono<Policy> add(Policy policy) {
        return bound(ADD, policy)
                .bind("max", MAX)
                .fetch()
                .rowsUpdated()
                .flatMap(
                        rows ->
                                rows == 1
                                        ? Mono.just(policy)
                                        : find(policy.id())
                                                .<Policy>flatMap(
                                                        one ->
                                                                Mono.error(
                                                                        new RecordExistsException(
                                                                                "policy",
                                                                                one.id())))
                                                .switchIfEmpty(Mono.error(tooMany())));
    }

    private static InvalidRecordException tooMany() {
        return new InvalidRecordException(
                List.of(new Violation("id", null, "more than " + MAX + " policies")));
    }

    @Override
    public Mono<Policy> lock(String id, OptionalLong expectedVersion) {
        return one("select body from policy where id = :id for update", id)
                .flatMap(
                        stored ->
                                expectedVersion.isPresent()
                                                && expectedVersion.getAsLong() != stored.version()
                                        ? Mono.error(
                                                new StaleRecordException(
                                                        "policy",
                                                        id,
                                                        expectedVersion.getAsLong(),
                                                        stored.version()))
                                        : Mono.just(stored));
    }

    @Override
    public Mono<Policy> replace(Policy policy) {
        String sql =
                "update policy set priority = :priority, body = :body, version = :version"
                        + " where id = :id";
        return bound(sql, policy)
                .then()
                .then(
                        lookAnew(
                                "update follow_up set next_at = now() where policy_id = :id",
                                policy))
                .thenReturn(policy);
    }

    private Mono<Void> lookAnew(String sql, Policy policy) {
        return database.client().sql(sql).bind("id", policy.id()).then();
    }

    @Override
    public Mono<Void> remove(String id) {
        return database.client()
                .sql("delete from follow_up where policy_id = :id")
                .bind("id", id)
                .then()
                .then(
                        database.client()
                                .sql("delete from policy where id = :id")
                                .bind("id", id)
                                .then());
    }

    private GenericExecuteSpec bound(String sql, Policy policy) {
        return database.client()
                .sql(sql)
                .bind("id", policy.id())
                .bind("priority", policy.priority())
                .bind("body", Rows.json(policy))
                .bind("version", policy.version());
    }

    @Override
    public Mono<Ground> ground(FaultMatch match) {
        return Mono.zip(
                        known("line", match.lines()),
                        known("vendor", match.vendors()),
                        known("district", match.districts()),
                        known("id", match.cameras()),
                        examples(match))
                .map(
                        read ->
                                new Ground(
                                        read.getT1(),
                                        read.getT2(),
                                        read.getT3(),
                                        read.getT4(),
                                        read.getT5()));
    }

    private Mono<Set<String>> known(String column, List<String> names) {
        return database.client()
                .sql(
                        "select distinct %1$s as name from camera where not removed and %1$s = any(:names)"
                                .formatted(column))
                .bind("names", names.toArray(String[]::new))
                .map(row -> Objects.requireNonNull(row.get("name", String.class)))
                .all()
                .collect(Collectors.toSet());
    }

    private Mono<List<Camera>> examples(FaultMatch match) {
        return database.client()
                .sql(EXAMPLES)
                .bind("lines", match.lines().toArray(String[]::new))
                .bind("vendors", match.vendors().toArray(String[]::new))
                .bind("districts", match.districts().toArray(String[]::new))
                .bind("cameras", match.cameras().toArray(String[]::new))
                .bind("most", Ground.MAX_EXAMPLES)
                .map(PostgresPolicyStore::camera)
                .all()
                .collectList();
    }

    /** What policies ask of a camera. */
    private static Camera camera(Readable row) {
        return new Camera(
                new CameraId(Objects.requireNonNull(row.get("id", String.class))),
                null,
                null,
                null,
                null,
                null,
                row.get("hls_url", String.class),
                row.get("line", String.class),
                null,
                row.get("district", String.class),
                row.get("vendor", String.class),
                null,
                true,
                null,
                Camera.Probes.BOTH,
                0);
    }

    private static Policy policy(Readable row) {
        return Rows.read(Objects.requireNonNull(row.get("body", String.class)), Policy.class);
    }
}
