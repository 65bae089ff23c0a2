package cctvout.stream;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;

/**
 * Keeps the summary fresh while somebody looks: soon after something changed, a few times a minute
 * anyway. For one thread, its scheduler's, but for {@link #changed}.
 */
final class SummaryFeed {

    private static final long AFTER_CHANGE = Duration.ofSeconds(1).toNanos();
    private static final long ANYWAY = Duration.ofSeconds(5).toNanos();

    /** So that a page can tell a quiet city from a dead connection. */
    private static final long REPEAT = Duration.ofSeconds(15).toNanos();

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final byte[] NONE = new byte[0];

    private final SummarySource source;
    private final PassingEvents passing;
    private final JsonMapper json;
    private final Scheduler scheduler;
    private final Runnable onNew;
    private volatile boolean changed;
    private String latest = "";
    private boolean asking;
    private long shownAt;
    private long askedAt = System.nanoTime() - ANYWAY;

    SummaryFeed(
            SummarySource source,
            PassingEvents passing,
            JsonMapper json,
            Scheduler scheduler,
            Runnable onNew) {
        this.source = source;
        this.passing = passing;
        this.json = json;
        this.scheduler = scheduler;
        this.onNew = onNew;
    }

    /** Counts may be others now. Any thread. */
    void changed() {
        changed = true;
    }

    /**
     * @param watched whether any client wants summaries
     */
    void look(boolean watched, long now) {
        if (!watched) {
            forget();
            return;
        }
        boolean due = latest.isEmpty() || now - askedAt >= (changed ? AFTER_CHANGE : ANYWAY);
        if (due && !asking) {
            asking = true;
            askedAt = now;
            changed = false;
            ask();
        }
    }

    private void ask() {
        Mono.defer(source::summary)
                .timeout(LIMIT)
                .map(json::writeValueAsString)
                .publishOn(scheduler)
                .doFinally(_ -> scheduler.schedule(() -> asking = false))
                .onErrorComplete()
                .subscribe(this::take);
    }

    private void take(String summary) {
        long now = System.nanoTime();
        if (!summary.equals(latest) || now - shownAt >= REPEAT) {
            latest = summary;
            shownAt = now;
            passing.summary(EventFrame.passing("summary", summary));
            onNew.run();
        }
    }

    /** Who comes next shall not see how it was when the last one left. */
    private void forget() {
        if (!latest.isEmpty()) {
            latest = "";
            passing.summary(NONE);
        }
    }
}
