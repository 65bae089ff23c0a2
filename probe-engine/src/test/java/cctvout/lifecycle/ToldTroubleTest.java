package cctvout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ToldTroubleTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(ToldTroubleTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ToldTrouble trouble = new ToldTrouble(log, "The list waits");

    ToldTroubleTest() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
    }

    @Test
    void anHourOfTriesIsTwoLines() {
        trouble.isOver();
        for (int tries = 0; tries < 7200; tries++) {
            trouble.is(new IllegalStateException("refused"));
        }
        trouble.isOver();
        trouble.isOver();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The list waits: java.lang.IllegalStateException: refused",
                        "The list waits no longer");
    }
}
