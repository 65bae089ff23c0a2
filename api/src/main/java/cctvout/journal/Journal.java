package cctvout.journal;

import cctvout.log.EventLog;
import cctvout.log.LogEntry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a line for each event from its start on. It reads by cursor on a thread of its own:
 * whoever takes the lines slowly holds up nothing but the lines.
 */
final class Journal implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int AHEAD = 256;

    private final EventLog log;
    private final JsonMapper json;
    private final Scheduler thread =
            Schedulers.newBoundedElastic(1, AHEAD, "cctvout-journal", 60, true);
    private volatile Disposable running = Disposables.disposed();

    Journal(EventLog log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    @Override
    public void start() {
        AtomicLong after = new AtomicLong(-1);
        running =
                Flux.defer(() -> from(after))
                        .publishOn(thread, AHEAD)
                        .doOnNext(
                                entry -> {
                                    after.set(entry.seq());
                                    write(entry);
                                })
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                        .maxBackoff(Duration.ofSeconds(5)))
                        .subscribe(_ -> {}, bug -> LOG.error("The journal has ended", bug));
    }

    private Flux<LogEntry> from(AtomicLong after) {
        Mono<Long> begin =
                after.get() < 0 ? log.head().doOnNext(after::set) : Mono.just(after.get());
        return begin.flatMapMany(seq -> log.follow(seq, Set.of()));
    }

    private void write(LogEntry entry) {
        JournalLine line = JournalLine.of(entry, json);
        LoggingEventBuilder event = LOG.atInfo();
        for (var field : line.fields().entrySet()) {
            event = event.addKeyValue(field.getKey(), field.getValue());
        }
        event.log(line.text());
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
