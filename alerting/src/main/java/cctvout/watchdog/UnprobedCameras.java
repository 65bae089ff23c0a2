package cctvout.watchdog;

import cctvout.cluster.Shard;
import cctvout.store.Database;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Cameras that no process has taken, or one that gives no sign of life any more: by zone, as the
 * probers of one do not reach another's. Metric {@code cctvout.cameras.unprobed}.
 */
public final class UnprobedCameras {

    // who has what is looked at first: as long as all have somebody, no camera is
    private static final String UNTAKEN =
            """
            select z.zone, array_agg(s.shard) filter (where n.node is null) as shards
            from (select '' as zone union select zone from probe_zone) z
            cross join generate_series(0, :last) as s (shard)
            left join probe_shard p on p.zone = z.zone and p.shard = s.shard
            left join probe_node n on n.node = p.node
                and n.seen_at > now() - :unseen * interval '1 millisecond'
            group by z.zone
            """;

    private static final String CAMERAS =
            """
            select untaken.zone, count(*) as cameras
            from unnest(:zones, :shards) as untaken (zone, shard)
            join camera c on c.shard = untaken.shard
            left join probe_zone z on z.zone = c.zone
            where c.enabled and not c.removed and untaken.zone = coalesce(z.zone, '')
            group by untaken.zone
            """;

    private record Untaken(String zone, List<Integer> shards) {}

    private final Database database;
    private final Duration unseen;
    private final MultiGauge gauge;

    /**
     * @param unseen a process that gave no sign of life for so long has nothing
     */
    public UnprobedCameras(Database database, Duration unseen, MeterRegistry meters) {
        this.database = database;
        this.unseen = unseen;
        this.gauge =
                MultiGauge.builder("cctvout.cameras.unprobed")
                        .description("enabled cameras of each zone that no process has")
                        .register(meters);
    }

    /** How many, of each zone that has any; those of no zone with probers of its own under "". */
    Mono<Map<String, Long>> byZone() {
        return database.client()
                .sql(UNTAKEN)
                .bind("last", Shard.COUNT - 1)
                .bind("unseen", unseen.toMillis())
                .map(UnprobedCameras::untaken)
                .all()
                .collectList()
                .flatMap(
                        zones ->
                                cameras(zones)
                                        .doOnNext(
                                                counted ->
                                                        show(
                                                                zones.stream()
                                                                        .map(Untaken::zone)
                                                                        .toList(),
                                                                counted)));
    }

    private static Untaken untaken(Readable row) {
        Integer @Nullable [] shards = row.get("shards", Integer[].class);
        return new Untaken(
                Objects.requireNonNull(row.get("zone", String.class)),
                shards == null ? List.of() : List.of(shards));
    }

    private Mono<Map<String, Long>> cameras(List<Untaken> untaken) {
        List<String> zones = new ArrayList<>();
        List<Integer> shards = new ArrayList<>();
        for (Untaken one : untaken) {
            one.shards()
                    .forEach(
                            shard -> {
                                zones.add(one.zone());
                                shards.add(shard);
                            });
        }
        return zones.isEmpty()
                ? Mono.just(Map.of())
                : database.client()
                        .sql(CAMERAS)
                        .bind("zones", zones.toArray(String[]::new))
                        .bind("shards", shards.toArray(Integer[]::new))
                        .map(
                                row ->
                                        Map.entry(
                                                Objects.requireNonNull(
                                                        row.get("zone", String.class)),
                                                Objects.requireNonNull(
                                                        row.get("cameras", Long.class))))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue, TreeMap::new);
    }

    private void show(List<String> zones, Map<String, Long> counted) {
        gauge.register(
                zones.stream()
                        .<MultiGauge.Row<?>>map(
                                zone ->
                                        MultiGauge.Row.of(
                                                Tags.of("zone", zone),
                                                counted.getOrDefault(zone, 0L)))
                        .toList(),
                true);
    }
}
