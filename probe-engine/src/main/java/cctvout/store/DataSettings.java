package cctvout.store;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;

/**
 * Where this process keeps what must last.
 *
 * @param dataDir embedded PostgreSQL, first-run password
 */
@ConfigurationProperties("cctvout")
public record DataSettings(@DefaultValue("./cctv-out-data") Path dataDir) {}
