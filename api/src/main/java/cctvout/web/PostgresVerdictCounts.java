package cctvout.web;

import cctvout.status.Verdict;
import cctvout.store.Database;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

@Component
final class PostgresVerdictCounts implements VerdictCounts {

    private record Count(Verdict verdict, long cameras) {}

    private final Database database;

    PostgresVerdictCounts(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Map<Verdict, Long>> count() {
        return database.client()
                .sql(
                        """
                        select coalesce(s.verdict, 'UNKNOWN'), count(*)
                        from camera c left join camera_status s on s.camera_id = c.id
                        where not c.removed group by 1""")
                .map(
                        row ->
                                new Count(
                                        Verdict.valueOf(
                                                Objects.requireNonNull(row.get(0, String.class))),
                                        Objects.requireNonNull(row.get(1, Long.class))))
                .all()
                .collect(
                        PostgresVerdictCounts::none,
                        (counts, one) -> counts.put(one.verdict(), one.cameras()));
    }

    @Override
    public Mono<Long> revision() {
        return database.client()
                .sql("select seq from log_head where name = 'camera'")
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one()
                .defaultIfEmpty(0L);
    }

    private static Map<Verdict, Long> none() {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, 0L);
        }
        return counts;
    }
}
