package cctvout.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.Disposable;

/** Brings PostgreSQL up, blocking, before anything reactive starts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({StoreSettings.class, DataSettings.class, ExternalSettings.class})
class StoreConfiguration {
    private static final Logger log = LoggerFactory.getLogger(StoreConfiguration.class);

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
        migrate(address, settings);
        PostgresDatabase database = new PostgresDatabase(address, settings);
        return new OpenDatabase(database, database::close);
    }

    /** Whoever ends the process meanwhile does not wait for a server that may never come. */
    private static void migrate(PostgresAddress address, StoreSettings settings) {
        Thread ending = new Thread(Thread.currentThread()::interrupt, "end-of-waiting");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            Migrations.run(address, settings);
        } finally {
            forget(ending);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ends) {
            log.info("Ends before the database is open");
        }
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
