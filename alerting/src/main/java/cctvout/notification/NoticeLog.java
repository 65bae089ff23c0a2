package cctvout.notification;

import cctvout.log.EventLog;
import cctvout.log.LogEntry;
import cctvout.rows.Rows;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What the event log says of notices: each once when it is made, and at each change of status; one
 * that was sent again by hand also when a quick try fails.
 */
public final class NoticeLog {

    private NoticeLog() {}

    public static LogEntry.Draft entry(Notice notice, Instant at) {
        Notification shown = notice.notification();
        return new LogEntry.Draft(
                LogEntry.NOTIFICATION, shown.id(), shown.cameraId(), Rows.json(shown), at);
    }

    /** Inside the caller's transaction, and last in it: it holds the head of the log. */
    static Mono<Void> append(EventLog log, Collection<Notice> notices, Instant at) {
        if (notices.isEmpty()) {
            return Mono.empty();
        }
        List<LogEntry.Draft> drafts = notices.stream().map(notice -> entry(notice, at)).toList();
        return log.append(drafts).then();
    }
}
