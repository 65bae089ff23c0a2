package cctvout.history;

import cctvout.cluster.Claim;
import cctvout.store.Columns;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which shards another process has taken since they were claimed. */
final class TakenShards {

    private final Database database;

    TakenShards(Database database) {
        this.database = database;
    }

    /** Those of the claims that no longer stand; lazy, in the caller's transaction. */
    Mono<Set<Claim>> among(Stream<Claim> all) {
        List<Claim> claims = all.filter(Claim::isShared).distinct().toList();
        return claims.isEmpty()
                ? Mono.just(Set.of())
                : database.client()
                        .sql(
                                """
                                select mine.zone, mine.shard, mine.epoch
                                from unnest(:zones, :shards, :epochs) as mine (zone, shard, epoch)
                                left join probe_shard s on s.zone = mine.zone and s.shard = mine.shard
                                where s.epoch is distinct from mine.epoch
                                """)
                        .bind("zones", claims.stream().map(Claim::zone).toArray(String[]::new))
                        .bind("shards", claims.stream().map(Claim::shard).toArray(Integer[]::new))
                        .bind("epochs", claims.stream().map(Claim::epoch).toArray(Long[]::new))
                        .map(
                                row ->
                                        new Claim(
                                                Columns.text(row, "zone"),
                                                Columns.required(row, "shard", Integer.class),
                                                Columns.number(row, "epoch")))
                        .all()
                        .collect(Collectors.toSet());
    }
}
