package cctvout.notification;

import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rows of table {@code notification} that are due. */
final class PostgresOutbox implements Outbox {

    // RECOVERED waits for what was to be told before it, by itself or in a digest; that of a
    // camera that its outage left behind also for the outage's, where somebody may read that
    private static final String DUE =
            """
            n.next_at <= :now
                and (n.leased_until is null or n.leased_until < :now)
                and (n.held_until is null or n.held_until <= :now)
                and not (n.event = 'RECOVERED' and exists (
                    select 1 from notification e where e.subject in (n.subject, n.outage_id)
                        and (e.subject = n.subject or e.event = 'RECOVERED'
                            and (e.tries > 0 or e.lease is not null or e.digest_id is not null))
                        and e.recipient_id = n.recipient_id and e.channel_key = n.channel_key
                        and e.number < n.number
                        and (e.next_at is not null
                            or e.digest_id is not null and e.status in ('CREATED', 'FAILED')
                                and exists (select 1 from notification d
                                    where d.id = e.digest_id and d.next_at is not null))))
            """;

    private static final String WAITING =
            """
            select n.recipient_id, n.channel_key, n.channel,
                count(*) filter (where n.event <> 'DIGEST') as singles,
                count(*) filter (where n.event = 'DIGEST') as digests
            from notification n where %s
            group by n.recipient_id, n.channel_key, n.channel order by min(n.next_at)
            """
                    .formatted(DUE);

    // what the receiver may have got already comes again under its own id: where a try was in
    // doubt, and where a sender died between sending and marking
    private static final String GATHER =
            """
            select n.* from notification n
            where n.recipient_id = :recipient and n.channel_key = :key and n.event <> 'DIGEST'
                and n.lease is null and not n.in_doubt and %s
            order by n.next_at, n.number limit :limit for update skip locked
            """
                    .formatted(DUE);

    // a row that another process takes at the same moment is skipped, or seen as taken
    private static final String CLAIM =
            """
            with due as (
                select n.id, n.next_at, n.number, l.room, row_number() over (
                    partition by n.recipient_id, n.channel_key
                    order by n.event = 'DIGEST' desc, n.next_at, n.number) as nth
                from notification n
                join unnest(:lanes::text[], :rooms::int[]) as l(lane, room)
                    on l.lane = n.recipient_id || '/' || n.channel_key
                where %s),
            chosen as (
                select id from due where nth <= room order by next_at, number limit :limit)
            update notification set lease = :lease, leased_until = :until
            where id in (
                select id from notification where id in (select id from chosen)
                    and next_at is not null and (leased_until is null or leased_until < :now)
                order by id for update skip locked)
            returning *
            """
                    .formatted(DUE);

    // the lanes' rooms and rates see to it that they do not go out in one instant
    private static final String HASTEN =
            """
            update notification set next_at = :now
            where recipient_id || '/' || channel_key = any(:lanes) and next_at > :now
                and status in ('CREATED', 'FAILED') and lease is null
            """;

    private final Database database;

    PostgresOutbox(Database database) {
        this.database = database;
    }

    @Override
    public Mono<List<Waiting>> waiting(Instant now) {
        return database.client()
                .sql(WAITING)
                .bind("now", now)
                .map(
                        row ->
                                new Waiting(
                                        NoticeRows.text(row, "recipient_id"),
                                        NoticeRows.text(row, "channel_key"),
                                        NoticeRows.text(row, "channel"),
                                        count(row, "singles"),
                                        count(row, "digests")))
                .all()
                .collectList();
    }

    @Override
    public Mono<List<Notice>> gather(Instant now, Waiting lane, int limit) {
        return database.client()
                .sql(GATHER)
                .bind("now", now)
                .bind("recipient", lane.recipientId())
                .bind("key", lane.channelKey())
                .bind("limit", limit)
                .map(NoticeRows::notice)
                .all()
                .collectList();
    }

    @Override
    public Mono<List<Notice>> claim(
            Instant now, String lease, Duration leaseTime, int limit, Map<String, Integer> rooms) {
        return database.client()
                .sql(CLAIM)
                .bind("lanes", rooms.keySet().toArray(String[]::new))
                .bind("rooms", rooms.values().toArray(Integer[]::new))
                .bind("now", now)
                .bind("limit", limit)
                .bind("lease", lease)
                .bind("until", now.plus(leaseTime))
                .map(NoticeRows::notice)
                .all()
                .collectList();
    }

    @Override
    public Mono<Long> hasten(Collection<String> lanes, Instant now) {
        return database.client()
                .sql(HASTEN)
                .bind("lanes", lanes.toArray(String[]::new))
                .bind("now", now)
                .fetch()
                .rowsUpdated();
    }

    private static int count(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class), column).intValue();
    }
}
