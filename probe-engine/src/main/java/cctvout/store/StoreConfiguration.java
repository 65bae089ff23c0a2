package cctvout.store;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.Disposable;

/** Brings PostgreSQL up, blocking, before anything reactive starts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({StoreSettings.class, DataSettings.class, ExternalSettings.class})
class StoreConfiguration {

    @Bean(destroyMethod = "close")
    OpenDatabase openDatabase(
            StoreSettings settings, DataSettings data, ExternalSettings external) {
        String url = external.url();
        if (url == null || url.isBlank()) {
            EmbeddedDatabase embedded = EmbeddedDatabase.start(data.dataDir(), settings);
            Disposable keeping = embedded.keepUp();
            return new OpenDatabase(
                    embedded.database(),
                    () -> {
                        keeping.dispose();
                        embedded.close();
                    });
        }
        PostgresAddress address = PostgresAddress.of(external, url);
        Migrations.run(address, settings);
        PostgresDatabase database = new PostgresDatabase(address, settings);
        return new OpenDatabase(database, database::close);
    }

    // closed by the one above
    @Bean(destroyMethod = "")
    Database database(OpenDatabase open) {
        return open.database();
    }

    /** The database with what closes it, its server included where it is ours. */
    record OpenDatabase(Database database, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }
}
