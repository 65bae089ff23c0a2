package cctvout.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** The command line silences its JVM's log, and here other tests come after it that read it. */
final class KeptLogLevel implements BeforeEachCallback, AfterEachCallback {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private Level before = Level.INFO;

    @Override
    public void beforeEach(ExtensionContext context) {
        before = root.getLevel();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        root.setLevel(before);
    }
}
