package cctvout.cluster;

import cctvout.log.PostgresEventLog;
import cctvout.store.Columns;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who takes a shard holds the log's head meanwhile: a transition is appended under the old claim
 * before that, or refused after it.
 */
final class PostgresShardTable implements ShardTable {

    private final Database database;
    private final PostgresEventLog events;

    PostgresShardTable(Database database, PostgresEventLog events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public Mono<Map<Integer, Claim>> take(String zone, String node, Collection<Integer> shards) {
        return take(zone, node, shards, "true", Duration.ZERO);
    }

    @Override
    public Mono<Map<Integer, Claim>> adopt(
            String zone, String node, Collection<Integer> shards, Duration unseen) {
        String free =
                """
                not exists (
                    select from probe_node n
                    where n.node = s.node and n.node <> :node
                        and n.seen_at > now() - :unseen * interval '1 millisecond')
                """;
        return take(zone, node, shards, free, unseen);
    }

    private Mono<Map<Integer, Claim>> take(
            String zone,
            String node,
            Collection<Integer> shards,
            String condition,
            Duration unseen) {
        if (shards.isEmpty()) {
            return Mono.just(Map.of());
        }
        var statement =
                database.client()
                        .sql(
                                """
                                with next as materialized (select nextval('shard_epoch') as epoch)
                                insert into probe_shard as s (zone, shard, epoch, node, taken_at)
                                select :zone, wanted, next.epoch, :node, now()
                                from unnest(:shards) as wanted, next
                                order by wanted
                                on conflict (zone, shard) do update set
                                    epoch = excluded.epoch, node = excluded.node, taken_at = excluded.taken_at
                                where\s"""
                                        + condition
                                        + " returning shard, epoch")
                        .bind("zone", zone)
                        .bind("node", node)
                        .bind("shards", shards.toArray(Integer[]::new));
        if (condition.contains(":unseen")) {
            statement = statement.bind("unseen", unseen.toMillis());
        }
        Mono<Map<Integer, Long>> taken =
                statement
                        .map(
                                row ->
                                        Map.entry(
                                                Columns.required(row, "shard", Integer.class),
                                                Columns.number(row, "epoch")))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
        return database.inTransaction(events.reserve(0).then(taken))
                .map(epochs -> claims(zone, epochs));
    }

    private static Map<Integer, Claim> claims(String zone, Map<Integer, Long> epochs) {
        Map<Integer, Claim> claims = new HashMap<>();
        epochs.forEach((shard, epoch) -> claims.put(shard, new Claim(zone, shard, epoch)));
        return claims;
    }

    @Override
    public Mono<Void> giveUp(String zone, String node, Collection<Integer> shards) {
        if (shards.isEmpty()) {
            return Mono.empty();
        }
        return database.client()
                .sql(
                        """
                        update probe_shard set node = ''
                        where zone = :zone and node = :node and shard = any(:shards)
                        """)
                .bind("zone", zone)
                .bind("node", node)
                .bind("shards", shards.toArray(Integer[]::new))
                .then();
    }

    @Override
    public Mono<Seen> look(String zone, String node) {
        return isHere(zone, node)
                .then(
                        Mono.zip(
                                database.client()
                                        .sql("select zone from probe_zone")
                                        .map(row -> Columns.text(row, "zone"))
                                        .all()
                                        .collect(Collectors.toSet()),
                                epochs(zone, node),
                                Seen::new));
    }

    private Mono<Void> isHere(String zone, String node) {
        Mono<Void> zoned =
                zone.isEmpty()
                        ? Mono.empty()
                        : database.client()
                                .sql("insert into probe_zone values (:zone) on conflict do nothing")
                                .bind("zone", zone)
                                .then();
        return zoned.then(
                database.client()
                        .sql(
                                """
                                insert into probe_node values (:node, :zone, now())
                                on conflict (node) do update set zone = excluded.zone, seen_at = now()
                                """)
                        .bind("node", node)
                        .bind("zone", zone)
                        .then());
    }

    private Mono<Map<Integer, Long>> epochs(String zone, String node) {
        return database.client()
                .sql("select shard, epoch from probe_shard where zone = :zone and node = :node")
                .bind("zone", zone)
                .bind("node", node)
                .map(
                        row ->
                                Map.entry(
                                        Columns.required(row, "shard", Integer.class),
                                        Columns.number(row, "epoch")))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
