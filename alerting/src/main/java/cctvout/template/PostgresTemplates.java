package cctvout.template;

import cctvout.recipient.Language;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Table {@code notice_template}. */
public final class PostgresTemplates implements TemplateStore {

    private static final String SAVE =
            """
            insert into notice_template
                (language, name, subject, body, brief, changed_at, changed_by)
            values (:language, :name, :subject, :body, :brief, :at, :by)
            on conflict (language, name) do update set subject = excluded.subject,
                body = excluded.body, brief = excluded.brief,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """;

    private final Database database;

    public PostgresTemplates(Database database) {
        this.database = database;
    }

    @Override
    public Mono<List<ChangedTemplate>> all() {
        // names of a later version are none of ours
        return database.client()
                .sql("select * from notice_template where name = any(:known)")
                .bind(
                        "known",
                        Arrays.stream(MessageKind.values())
                                .map(MessageKind::name)
                                .toArray(String[]::new))
                .map(PostgresTemplates::changed)
                .all()
                .collectList();
    }

    @Override
    public Mono<Void> save(ChangedTemplate changed) {
        return database.client()
                .sql(SAVE)
                .bind("language", changed.language().name())
                .bind("name", changed.kind().name())
                .bind("subject", changed.template().subject())
                .bind("body", changed.template().body())
                .bind("brief", changed.template().brief())
                .bind("at", changed.changedAt())
                .bind("by", changed.changedBy())
                .then();
    }

    @Override
    public Mono<Boolean> remove(MessageKind kind, Language language) {
        return database.client()
                .sql("delete from notice_template where language = :language and name = :name")
                .bind("language", language.name())
                .bind("name", kind.name())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    private static ChangedTemplate changed(Readable row) {
        return new ChangedTemplate(
                MessageKind.valueOf(Columns.text(row, "name")),
                Language.valueOf(Columns.text(row, "language")),
                new Template(
                        Columns.text(row, "subject"),
                        Columns.text(row, "body"),
                        Columns.text(row, "brief")),
                Columns.required(row, "changed_at", Instant.class),
                Columns.text(row, "changed_by"));
    }
}
