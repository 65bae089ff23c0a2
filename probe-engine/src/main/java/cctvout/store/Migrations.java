package cctvout.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.stream.Collectors;

/** Brings the schema up to date: all modules' migrations that are on the class path. Blocks. */
final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final int MOST_SECONDS_BETWEEN_ATTEMPTS = 10;

    private Migrations() {}

    static void run(PostgresAddress address, StoreSettings settings) {
        Map<String, String> properties =
                address.jdbcProperties(settings).entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        it -> it.getKey().toString(),
                                        it -> it.getValue().toString()));
        FluentConfiguration configuration =
                Flyway.configure()
                        .dataSource(
                                address.jdbcUrl(),
                                properties.get("user"),
                                properties.get("password"))
                        .jdbcProperties(properties)
                        .locations("classpath:db/migration")
                        .connectRetries(settings.startAttempts() - 1)
                        .connectRetriesInterval(MOST_SECONDS_BETWEEN_ATTEMPTS);
        try {
            var result = configuration.load().migrate();
            if (result.migrationsExecuted > 0) {
                log.info("Schema of {} is now at {}", address, result.targetSchemaVersion);
            }
        } catch (FlywayException failure) {
            throw new StoreException(
                    "spring.r2dbc.url: the schema of %s cannot be brought up to date: %s"
                            .formatted(
                                    address, Programs.tail(String.valueOf(failure.getMessage()))),
                    failure);
        }
    }
}
