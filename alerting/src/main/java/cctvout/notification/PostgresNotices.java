package cctvout.notification;

import cctvout.camera.CameraId;
import cctvout.rows.Rows;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Table {@code notification}. */
public final class PostgresNotices implements Notices {

    private static final Set<String> OPEN = Set.of("OPEN", "IN_PROGRESS");

    private static final String SAVE =
            """
            insert into notification (id, issue_id, outage_id, camera_id, recipient_id, channel,
                channel_key, event, status, attempts, held_until, last_error, created_at, sent_at,
                read_at, reason, body, content, tries, first_try_at, next_at, lease, leased_until,
                in_doubt, alarm_id, digest_id, escalated_from, holds, round)
            select fresh.*, coalesce((select i.round from issue i where i.id = fresh.issue_id), 0)
            from jsonb_to_recordset(:rows::jsonb) as fresh(id text, issue_id text,
                outage_id text, camera_id text, recipient_id text, channel text,
                channel_key text, event text, status text, attempts int, held_until timestamptz,
                last_error text, created_at timestamptz, sent_at timestamptz,
                read_at timestamptz, reason text, body text, content text, tries int,
                first_try_at timestamptz, next_at timestamptz, lease text,
                leased_until timestamptz, in_doubt boolean, alarm_id text,
                digest_id text, escalated_from text, holds text)
            on conflict (id) do update set status = excluded.status,
                attempts = excluded.attempts, held_until = excluded.held_until,
                last_error = excluded.last_error, sent_at = excluded.sent_at,
                read_at = excluded.read_at, tries = excluded.tries,
                first_try_at = excluded.first_try_at, next_at = excluded.next_at,
                lease = excluded.lease, leased_until = excluded.leased_until,
                body = excluded.body, content = excluded.content,
                in_doubt = excluded.in_doubt, digest_id = excluded.digest_id,
                holds = excluded.holds
            """;

    // RECOVERED waits for what was to be told before it, by itself or in a digest
    private static final String DUE =
            """
            n.next_at <= :now
                and (n.leased_until is null or n.leased_until < :now)
                and (n.held_until is null or n.held_until <= :now)
                and not (n.event = 'RECOVERED' and exists (
                    select 1 from notification e where e.subject = n.subject
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

    private static final String GATHER =
            """
            select n.* from notification n
            where n.recipient_id = :recipient and n.channel_key = :key and n.event <> 'DIGEST'
                and %s
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

    public PostgresNotices(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Notification> find(String id) {
        return database.client()
                .sql("select * from notification where id = :id")
                .bind("id", id)
                .map(PostgresNotices::notification)
                .one();
    }

    @Override
    public Mono<Page> search(NotificationQuery query) {
        Map<String, Object> where = new LinkedHashMap<>();
        put(where, "status = :status", query.status() == null ? null : query.status().name());
        put(where, "issue_id = :issue", query.issue());
        put(where, "recipient_id = :recipient", query.recipient());
        put(where, "channel = :channel", query.channel());
        put(where, "number < :cursor", query.cursor() == null ? null : cursor(query.cursor()));
        String unread = query.unread() ? " and read_at is null" : "";
        GenericExecuteSpec select =
                database.client()
                        .sql(
                                "select * from notification where "
                                        + String.join(" and ", where.keySet())
                                        + (where.isEmpty() ? "true" : "")
                                        + unread
                                        + " order by number desc limit :limit")
                        .bind("limit", query.limit() + 1);
        for (Map.Entry<String, Object> condition : where.entrySet()) {
            String name = condition.getKey().substring(condition.getKey().indexOf(':') + 1);
            select = select.bind(name, condition.getValue());
        }
        return select.map(Numbered::of)
                .all()
                .collectList()
                .map(found -> page(found, query.limit()));
    }

    private static long cursor(String text) {
        return Long.parseLong(text);
    }

    private static void put(Map<String, Object> where, String condition, @Nullable Object value) {
        if (value != null) {
            where.put(condition, value);
        }
    }

    private static Page page(List<Numbered> found, int limit) {
        List<Numbered> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? Long.toString(shown.getLast().number) : null;
        return new Page(shown.stream().map(Numbered::notification).toList(), next);
    }

    @Override
    public Mono<Long> countUnread(@Nullable String recipient) {
        GenericExecuteSpec count =
                database.client()
                        .sql(
                                "select count(*) as unread from notification where channel ="
                                        + " 'inbox' and status = 'SENT' and read_at is null"
                                        + (recipient == null
                                                ? ""
                                                : " and recipient_id = :recipient"));
        return (recipient == null ? count : count.bind("recipient", recipient))
                .map(row -> Objects.requireNonNull(row.get("unread", Long.class)))
                .one();
    }

    @Override
    public Mono<List<Notice>> lock(Collection<String> ids) {
        return locked("id = any(:ids)", ids.toArray(String[]::new));
    }

    @Override
    public Mono<List<Notice>> lockCarried(Collection<String> ids) {
        return locked("(id = any(:ids) or digest_id = any(:ids))", ids.toArray(String[]::new));
    }

    @Override
    public Mono<Set<String>> lockOpenIssues(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Mono.just(Set.of());
        }
        return database.client()
                .sql(
                        "select id, status from issue where id = any(:ids) order by number"
                                + " for update")
                .bind("ids", ids.toArray(String[]::new))
                .map(row -> Map.entry(text(row, "id"), text(row, "status")))
                .all()
                .filter(issue -> OPEN.contains(issue.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public Mono<List<Notice>> ofSubjects(Collection<String> subjects) {
        return database.client()
                .sql("select * from notification where subject = any(:ids) order by number")
                .bind("ids", subjects.toArray(String[]::new))
                .map(PostgresNotices::notice)
                .all()
                .collectList();
    }

    @Override
    public Mono<Set<String>> escalated(Collection<String> ids) {
        return database.client()
                .sql(
                        "select distinct escalated_from from notification where escalated_from = any(:ids)")
                .bind("ids", ids.toArray(String[]::new))
                .map(row -> text(row, "escalated_from"))
                .all()
                .collect(Collectors.toSet());
    }

    @Override
    public Mono<List<Notice>> lockOf(Collection<String> subjects) {
        return locked("subject = any(:ids)", subjects.toArray(String[]::new));
    }

    @Override
    public Mono<List<Notice>> lockOf(Collection<String> subjects, Collection<CameraId> cameras) {
        return database.client()
                .sql(
                        """
                        select * from notification where subject = any(:ids)
                            or camera_id = any(:cameras) and event = 'RECOVERED'
                                and next_at is not null
                        order by id for update""")
                .bind("ids", subjects.toArray(String[]::new))
                .bind("cameras", cameras.stream().map(CameraId::value).toArray(String[]::new))
                .map(PostgresNotices::notice)
                .all()
                .collectList();
    }

    @Override
    public Mono<List<Notice>> lockUnsentOf(String recipientId) {
        return locked(
                "recipient_id = any(:ids) and (next_at is not null or digest_id is not null and"
                        + " status in ('CREATED', 'FAILED'))",
                recipientId);
    }

    private Mono<List<Notice>> locked(String condition, String... ids) {
        return database.client()
                .sql("select * from notification where " + condition + " order by id for update")
                .bind("ids", ids)
                .map(PostgresNotices::notice)
                .all()
                .collectList();
    }

    @Override
    public Mono<Void> save(Collection<Notice> notices) {
        if (notices.isEmpty()) {
            return Mono.empty();
        }
        return Mono.defer(
                () ->
                        database.client()
                                .sql(SAVE)
                                .bind("rows", Rows.recordset(notices, PostgresNotices::row))
                                .then());
    }

    @Override
    public Mono<List<Waiting>> waiting(Instant now) {
        return database.client()
                .sql(WAITING)
                .bind("now", now)
                .map(
                        row ->
                                new Waiting(
                                        text(row, "recipient_id"),
                                        text(row, "channel_key"),
                                        text(row, "channel"),
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
                .map(PostgresNotices::notice)
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
                .map(PostgresNotices::notice)
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

    private static Rows.Row row(Notice notice) {
        Notification shown = notice.notification();
        return new Rows.Row()
                .with("id", shown.id())
                .with("issue_id", shown.issueId())
                .with("outage_id", shown.outageId())
                .with("camera_id", shown.cameraId())
                .with("recipient_id", shown.recipientId())
                .with("channel", shown.channel())
                .with("channel_key", notice.channelKey())
                .with("event", shown.event())
                .with("status", shown.status())
                .with("attempts", shown.attempts())
                .with("held_until", shown.heldUntil())
                .with("last_error", shown.lastError())
                .with("created_at", shown.createdAt())
                .with("sent_at", shown.sentAt())
                .with("read_at", shown.readAt())
                .with("reason", shown.reason())
                .with("body", shown.text())
                .with("content", notice.content())
                .with("tries", notice.tries())
                .with("first_try_at", notice.firstTryAt())
                .with("next_at", notice.nextAt())
                .with("lease", notice.lease())
                .with("leased_until", notice.leasedUntil())
                .with("in_doubt", notice.inDoubt())
                .with("alarm_id", shown.alarmId())
                .with("digest_id", shown.digestId())
                .with("escalated_from", shown.escalatedFrom())
                .with("holds", shown.holds().all().isEmpty() ? null : Rows.json(shown.holds()));
    }

    private static Notice notice(Readable row) {
        return new Notice(
                notification(row),
                text(row, "channel_key"),
                text(row, "content"),
                number(row, "tries"),
                row.get("first_try_at", Instant.class),
                row.get("next_at", Instant.class),
                row.get("lease", String.class),
                row.get("leased_until", Instant.class),
                Boolean.TRUE.equals(row.get("in_doubt", Boolean.class)));
    }

    private static Notification notification(Readable row) {
        return new Notification(
                text(row, "id"),
                row.get("issue_id", String.class),
                row.get("outage_id", String.class),
                row.get("camera_id", String.class),
                text(row, "recipient_id"),
                text(row, "channel"),
                NotificationEvent.valueOf(text(row, "event")),
                NotificationStatus.valueOf(text(row, "status")),
                number(row, "attempts"),
                row.get("held_until", Instant.class),
                row.get("last_error", String.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("sent_at", Instant.class),
                row.get("read_at", Instant.class),
                text(row, "reason"),
                text(row, "body"),
                row.get("alarm_id", String.class),
                row.get("digest_id", String.class),
                row.get("escalated_from", String.class),
                holds(row));
    }

    static Holds holds(Readable row) {
        String json = row.get("holds", String.class);
        return json == null
                // what an earlier version has held
                ? Holds.of(Holds.Reason.SHARED_CAUSE, row.get("held_until", Instant.class))
                : Rows.read(json, Holds.class);
    }

    private static int count(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class), column).intValue();
    }

    private static int number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Integer.class), column);
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }

    private record Numbered(long number, Notification notification) {
        static Numbered of(Readable row) {
            return new Numbered(
                    Objects.requireNonNull(row.get("number", Long.class)),
                    PostgresNotices.notification(row));
        }
    }
}
