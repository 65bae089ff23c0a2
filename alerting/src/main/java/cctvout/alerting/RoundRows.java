package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.log.LogEntry;
import cctvout.notification.Notice;
import cctvout.notification.NoticeLog;
import cctvout.rows.Rows;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Issues and notices as a round has them: as they were read, and what is to be written of them. */
final class RoundRows {

    private final Instant now;
    private final Map<CameraId, Issue> latest = new HashMap<>();
    private final Map<String, Map<String, Notice>> noticesBySubject = new HashMap<>();
    private final HeldEnds ends = new HeldEnds();
    private final Map<String, Issue> changedIssues = new LinkedHashMap<>();
    private final Map<String, Notice> changedNotices = new LinkedHashMap<>();
    private final List<LogEntry.Draft> drafts = new ArrayList<>();

    RoundRows(Collection<Issue> latest, Collection<Notice> notices, Instant now) {
        this.now = now;
        latest.forEach(issue -> this.latest.put(issue.cameraId(), issue));
        notices.forEach(this::keep);
    }

    /** A camera's latest issue; null where it never had one. */
    @Nullable Issue latest(CameraId camera) {
        return latest.get(camera);
    }

    /** All of an issue or an outage. */
    List<Notice> noticesOf(String subject) {
        return List.copyOf(noticesBySubject.getOrDefault(subject, Map.of()).values());
    }

    HeldEnds ends() {
        return ends;
    }

    void put(Issue issue) {
        latest.put(issue.cameraId(), issue);
        changedIssues.put(issue.id(), issue);
        drafts.add(
                new LogEntry.Draft(
                        LogEntry.ISSUE,
                        issue.id(),
                        issue.cameraId().value(),
                        Rows.json(issue),
                        now));
    }

    void put(Notice notice) {
        keep(notice);
        changedNotices.put(notice.id(), notice);
        drafts.add(NoticeLog.entry(notice, now));
    }

    private void keep(Notice notice) {
        ends.keep(notice);
        String subject = notice.subject();
        if (subject != null) {
            noticesBySubject
                    .computeIfAbsent(subject, _ -> new LinkedHashMap<>())
                    .put(notice.id(), notice);
        }
    }

    /** Changed ones, in the order of their first change: what is closed before what is opened. */
    Collection<Issue> issues() {
        return changedIssues.values();
    }

    /** Changed ones. */
    Collection<Notice> notices() {
        return changedNotices.values();
    }

    List<LogEntry.Draft> drafts() {
        return drafts;
    }
}
