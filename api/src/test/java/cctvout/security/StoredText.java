package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.kafka.Downstream;
import cctvout.store.Database;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** All that the database and the topics hold, as text. */
final class StoredText {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Database database;

    StoredText(Database database) {
        this.database = database;
    }

    /**
     * Every row of every table, but the one column that has to hold what webhooks are signed with.
     */
    Map<String, String> tables() {
        List<String> names =
                value(
                        database.client()
                                .sql(
                                        "select table_name from information_schema.tables where"
                                                + " table_schema = 'public' and table_type = 'BASE"
                                                + " TABLE'")
                                .map(row -> text(row.get("table_name", String.class)))
                                .all()
                                .collectList());
        assertThat(names).contains("notification", "audit_entry", "event_log", "recipient");
        Map<String, String> rows = new LinkedHashMap<>();
        for (String name : names) {
            String shown = name.equals("recipient") ? "to_jsonb(t) - 'channels'" : "to_jsonb(t)";
            rows.put(
                    "table " + name,
                    value(
                            database.client()
                                    .sql("select " + shown + "::text as r from \"" + name + "\" t")
                                    .map(row -> text(row.get("r", String.class)))
                                    .all()
                                    .collectList()
                                    .map(all -> String.join("\n", all))));
        }
        return rows;
    }

    static String published(String brokers) {
        try (Downstream downstream = Downstream.fromTheBeginning(brokers)) {
            List<ConsumerRecord<String, String>> all =
                    downstream.await(
                            "failed notices",
                            records ->
                                    records.stream()
                                            .anyMatch(one -> one.value().contains("FAILED")));
            List<String> texts = new ArrayList<>();
            for (ConsumerRecord<String, String> one : all) {
                StringBuilder headers = new StringBuilder();
                one.headers()
                        .forEach(
                                header ->
                                        headers.append(
                                                new String(
                                                        header.value(), StandardCharsets.UTF_8)));
                texts.add(one.key() + " " + one.value() + " " + headers);
            }
            return String.join("\n", texts);
        }
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private static <T> T value(Mono<T> work) {
        AtomicReference<T> got = new AtomicReference<>();
        StepVerifier.create(work).consumeNextWith(got::set).expectComplete().verify(PATIENCE);
        return Objects.requireNonNull(got.get());
    }
}
