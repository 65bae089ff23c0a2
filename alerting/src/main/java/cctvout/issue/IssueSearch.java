package cctvout.issue;

import cctvout.issue.Issues.Page;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.List;

/** Finds issues by what a person asks for, page by page. */
final class IssueSearch {

    private static final String TOLD =
            """
            (id in (select issue_id from notification where recipient_id = :recipient)
                or outage_id in (select outage_id from notification
                    where recipient_id = :recipient and issue_id is null))
            """;

    private final Database database;

    IssueSearch(Database database) {
        this.database = database;
    }

    private record Numbered(long number, Issue issue) {
        static Numbered of(Readable row) {
            return new Numbered(Columns.number(row, "number"), IssueRow.issue(row));
        }
    }

    /** Newest first. Lazy. */
    Mono<Page> find(IssueQuery query) {
        List<String> where = new ArrayList<>();
        where.add("true");
        addIf(query.status() != null, where, "status = :status");
        addIf(query.kind() != null, where, "kind = :kind");
        addIf(query.camera() != null, where, "camera_id = :camera");
        addIf(query.toldTo() != null, where, TOLD);
        addIf(query.cursor() != null, where, "number < :cursor");
        GenericExecuteSpec select =
                database.client()
                        .sql(
                                "select * from issue where "
                                        + String.join(" and ", where)
                                        + " order by number desc limit :limit")
                        .bind("limit", query.limit() + 1);
        if (query.status() != null) {
            select = select.bind("status", query.status().name());
        }
        if (query.kind() != null) {
            select = select.bind("kind", query.kind().name());
        }
        if (query.camera() != null) {
            select = select.bind("camera", query.camera());
        }
        if (query.toldTo() != null) {
            select = select.bind("recipient", query.toldTo());
        }
        if (query.cursor() != null) {
            select = select.bind("cursor", Long.parseLong(query.cursor()));
        }
        return select.map(Numbered::of)
                .all()
                .collectList()
                .map(found -> page(found, query.limit()));
    }

    private static void addIf(boolean given, List<String> where, String condition) {
        if (given) {
            where.add(condition);
        }
    }

    private static Page page(List<Numbered> found, int limit) {
        List<Numbered> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? Long.toString(shown.getLast().number) : null;
        return new Page(shown.stream().map(Numbered::issue).toList(), next);
    }
}
