package cctvout.store;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * A PostgreSQL server that somebody else runs; without {@code url} we run our own.
 *
 * @param url {@code r2dbc:postgresql://host:port/database}
 */
@ConfigurationProperties("spring.r2dbc")
record ExternalSettings(
        @Nullable String url, @Nullable String username, @Nullable String password) {}
