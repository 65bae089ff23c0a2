package cctvout.store;

import static io.r2dbc.spi.ConnectionFactoryOptions.CONNECT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.DATABASE;
import static io.r2dbc.spi.ConnectionFactoryOptions.DRIVER;
import static io.r2dbc.spi.ConnectionFactoryOptions.HOST;
import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.PORT;
import static io.r2dbc.spi.ConnectionFactoryOptions.PROTOCOL;
import static io.r2dbc.spi.ConnectionFactoryOptions.SSL;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** One database of one server, as R2DBC and as JDBC (for Flyway alone) name it. */
final class PostgresAddress {
    private static final int DEFAULT_PORT = 5432;

    /** The driver's, as a URL has it: {@code name=value;name=value}, a later one goes before. */
    private static final Option<String> SESSION = Option.valueOf("options");

    private final ConnectionFactoryOptions options;

    private PostgresAddress(ConnectionFactoryOptions options) {
        this.options = options;
    }

    static PostgresAddress of(ExternalSettings settings, String url) {
        try {
            return of(url, settings.username(), settings.password());
        } catch (IllegalArgumentException | IllegalStateException notAnAddress) {
            throw new StoreException(
                    "spring.r2dbc.url: not of the form r2dbc:postgresql://host:port/database",
                    notAnAddress);
        }
    }

    private static PostgresAddress of(
            String url, @Nullable String username, @Nullable String password) {
        ConnectionFactoryOptions parsed = ConnectionFactoryOptions.parse(url);
        String driver = String.valueOf(parsed.getRequiredValue(DRIVER));
        String protocol = String.valueOf(parsed.getValue(PROTOCOL));
        if (!driver.startsWith("postgres") && !protocol.startsWith("postgres")) {
            throw new IllegalArgumentException("not a PostgreSQL URL");
        }
        var builder = ConnectionFactoryOptions.builder().from(parsed).option(DRIVER, "postgresql");
        if (username != null) {
            builder.option(USER, username);
        }
        if (password != null) {
            builder.option(PASSWORD, password);
        }
        ConnectionFactoryOptions whole = builder.build();
        whole.getRequiredValue(HOST);
        whole.getRequiredValue(DATABASE);
        whole.getRequiredValue(USER);
        return new PostgresAddress(whole);
    }

    static PostgresAddress of(PostgresServer server, String database) {
        String url = "r2dbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), database);
        return of(url, PostgresServer.USER, server.superuserPassword());
    }

    String r2dbcUrl() {
        return "r2dbc:postgresql://" + place();
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + place();
    }

    String password() {
        Object password = options.getValue(PASSWORD);
        return password == null ? "" : password.toString();
    }

    Properties jdbcProperties(StoreSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("user", text(USER));
        properties.setProperty("password", password());
        properties.setProperty("ApplicationName", "cctv-out");
        properties.setProperty(
                "connectTimeout",
                Long.toString(Math.max(1, settings.connectTimeout().toSeconds())));
        String sslMode = optional("sslMode", "sslmode");
        if (sslMode != null) {
            properties.setProperty("sslmode", sslMode);
        } else if (Boolean.parseBoolean(String.valueOf(options.getValue(SSL)))) {
            properties.setProperty("sslmode", "verify-full");
        }
        Map.of("sslRootCert", "sslrootcert", "schema", "currentSchema")
                .forEach(
                        (ours, theirs) -> {
                            String value = optional(ours);
                            if (value != null) {
                                properties.setProperty(theirs, value);
                            }
                        });
        return properties;
    }

    PostgresqlConnectionFactory connectionFactory(StoreSettings settings) {
        Keepalive watch = Keepalive.within(settings.silence());
        var builder =
                options.mutate()
                        .option(CONNECT_TIMEOUT, settings.connectTimeout())
                        .option(
                                PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT,
                                settings.statementTimeout())
                        .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                        .option(
                                PostgresqlConnectionFactoryProvider.LOOP_RESOURCES,
                                new WatchedSockets(watch))
                        .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "cctv-out");
        if (settings.idleInTransaction().isPositive()) {
            String ours = ends(settings.idleInTransaction(), watch);
            String own = optional(SESSION.name());
            builder.option(SESSION, own == null ? ours : ours + ";" + own);
        }
        return new PostgresqlConnectionFactoryProvider().create(builder.build());
    }

    /**
     * When the server ends a session that nobody is behind any more: what it has locked, others
     * wait for. Where the process stands still its kernel answers, and where its host is gone
     * nothing does. No TCP_USER_TIMEOUT: it would end what is sent to a slow reader, too.
     */
    private static String ends(Duration idleInTransaction, Keepalive watch) {
        return "idle_in_transaction_session_timeout=%d;tcp_keepalives_idle=%d;tcp_keepalives_interval=%d;tcp_keepalives_count=%d"
                .formatted(
                        idleInTransaction.toMillis(),
                        watch.idle(),
                        watch.between(),
                        Keepalive.LOOKS);
    }

    private String place() {
        Object port = options.getValue(PORT);
        return "%s:%s/%s".formatted(text(HOST), port == null ? DEFAULT_PORT : port, text(DATABASE));
    }

    private String text(Option<?> option) {
        return options.getRequiredValue(option).toString();
    }

    private @Nullable String optional(String... names) {
        for (String name : names) {
            Object value = options.getValue(Option.valueOf(name));
            if (value != null) {
                return value.toString();
            }
        }
        return null;
    }

    /** Without the password: it is for logs. */
    @Override
    public String toString() {
        return place();
    }
}
