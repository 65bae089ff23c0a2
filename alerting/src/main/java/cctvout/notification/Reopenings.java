package cctvout.notification;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CREATED;

import cctvout.camera.Camera;
import cctvout.issue.Issue;
import cctvout.notification.IssueNotices.Address;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.template.Message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is owed when an issue turns out not to be over, though its end was told or is about to be.
 */
final class Reopenings {

    private final NoticeText text;
    private final IssueNotices issues;

    Reopenings(NoticeText text, IssueNotices issues) {
        this.text = text;
        this.issues = issues;
    }

    /**
     * The end was told too soon: whom that did not reach yet still knows of the fault, all others
     * are told of it anew.
     *
     * @param soFar its notices, as stored, none of its end being sent
     * @param elsewhere its outage goes on and tells of it: who was never told of it alone is not
     */
    List<Notice> owed(
            Issue issue,
            Camera camera,
            Parties parties,
            Collection<Notice> soFar,
            boolean elsewhere,
            Instant now) {
        Map<String, List<Notice>> lanes = new LinkedHashMap<>();
        soFar.forEach(one -> lanes.computeIfAbsent(one.lane(), _ -> new ArrayList<>()).add(one));
        List<Notice> owed = new ArrayList<>();
        for (List<Notice> lane : lanes.values()) {
            Notice heard = null;
            for (Notice notice : lane) {
                boolean end = notice.notification().event() == RECOVERED;
                if (end && notice.isUnsent()) {
                    owed.add(notice.cancelled("open again"));
                }
                boolean arrives = !end || !notice.isUnsent() || notice.inDoubt();
                heard = arrives && !notice.isCancelled() ? notice : heard;
            }
            boolean knows = heard == null ? elsewhere : heard.notification().event() != RECOVERED;
            Notice last = lane.getLast();
            Recipient recipient = parties.find(last.notification().recipientId()).orElse(null);
            if (recipient != null && !knows) {
                Message message = text.opened(recipient.language(), issue, camera);
                Address address = IssueNotices.address(last, recipient);
                owed.add(issues.of(address, OPENED, CREATED, issue, camera, message, now));
            }
        }
        return owed;
    }
}
