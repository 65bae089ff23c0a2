package cctvout.notification;

import cctvout.camera.CameraId;
import cctvout.rows.Rows;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Table {@code notification}. */
public final class PostgresNotices implements Notices {

    static final String UNREAD =
            "select count(*) as unread from notification where channel = 'inbox' and status = 'SENT'"
                    + " and read_at is null";
    static final String OF_ONE = " and recipient_id = :recipient";

    private static final Set<String> OPEN = Set.of("OPEN", "IN_PROGRESS");

    private final Database database;

    public PostgresNotices(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Notification> find(String id) {
        return database.client()
                .sql("select * from notification where id = :id")
                .bind("id", id)
                .map(NoticeRows::notification)
                .one();
    }

    @Override
    public Mono<Page> search(NotificationQuery query) {
        Map<String, Object> where = new LinkedHashMap<>();
        put(where, "status = :status", query.status() == null ? null : query.status().name());
        put(where, "issue_id = :issue", query.issue());
        put(where, "subject = :outage", query.outage());
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
                database.client().sql(UNREAD + (recipient == null ? "" : OF_ONE));
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
                .map(row -> Map.entry(NoticeRows.text(row, "id"), NoticeRows.text(row, "status")))
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
                .map(NoticeRows::notice)
                .all()
                .collectList();
    }

    @Override
    public Mono<Set<String>> escalated(Collection<String> ids) {
        return database.client()
                .sql(
                        "select distinct escalated_from from notification where escalated_from = any(:ids)")
                .bind("ids", ids.toArray(String[]::new))
                .map(row -> NoticeRows.text(row, "escalated_from"))
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
                            or event = 'RECOVERED' and issue_id is null
                                and outage_id is not null and next_at is not null
                                and holds is not null
                        order by id for update""")
                .bind("ids", subjects.toArray(String[]::new))
                .bind("cameras", cameras.stream().map(CameraId::value).toArray(String[]::new))
                .map(NoticeRows::notice)
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
                .map(NoticeRows::notice)
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
                                .sql(NoticeRows.SAVE)
                                .bind("rows", Rows.recordset(notices, NoticeRows::row))
                                .then());
    }

    private record Numbered(long number, Notification notification) {
        static Numbered of(Readable row) {
            return new Numbered(
                    Objects.requireNonNull(row.get("number", Long.class)),
                    NoticeRows.notification(row));
        }
    }
}
