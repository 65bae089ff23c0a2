package cctvout.stream;

import cctvout.log.EventLog;
import cctvout.log.LogEntry;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A log of the test's own, so that nothing but the stream is under test. */
final class MemoryLog implements EventLog {

    private final List<LogEntry> entries = new ArrayList<>();
    private final Sinks.Many<LogEntry> live = Sinks.many().replay().all();

    synchronized long add(String type, @Nullable String camera, String body) {
        long seq = entries.size() + 1L;
        var entry = new LogEntry(seq, type, "subject", camera, body, Instant.EPOCH);
        entries.add(entry);
        live.emitNext(entry, Sinks.EmitFailureHandler.FAIL_FAST);
        return seq;
    }

    long addTransition(String camera) {
        return add(LogEntry.TRANSITION, camera, "{\"cameraId\":\"" + camera + "\"}");
    }

    @Override
    public Mono<List<Long>> append(List<LogEntry.Draft> drafts) {
        return Mono.fromSupplier(
                () -> drafts.stream().map(d -> add(d.type(), d.cameraId(), d.body())).toList());
    }

    @Override
    public synchronized Mono<Long> head() {
        return Mono.just((long) entries.size());
    }

    @Override
    public Mono<List<LogEntry>> read(long after, Collection<String> types, int limit) {
        return Mono.fromSupplier(() -> page(after, limit));
    }

    private synchronized List<LogEntry> page(long after, int limit) {
        return entries.stream().filter(entry -> entry.seq() > after).limit(limit).toList();
    }

    @Override
    public Flux<LogEntry> follow(long after, Collection<String> types) {
        return live.asFlux().filter(entry -> entry.seq() > after);
    }

    @Override
    public Flux<Long> wakeUps() {
        return live.asFlux().map(LogEntry::seq);
    }
}
