package cctvout.alerting;

import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.notification.Notice;
import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an issue's timeline says of reminders and escalations: when, and to whom they went. */
final class FollowUpSteps {

    private record Time(Instant at, NotificationEvent event) {}

    private FollowUpSteps() {}

    /** One entry for each time, however many were told. */
    static List<TimelineEntry> of(Collection<Notice> notices) {
        Map<Time, Set<String>> told = new LinkedHashMap<>();
        for (Notice notice : notices) {
            Notification shown = notice.notification();
            if (notice.isFollowUp() && !notice.isCancelled()) {
                told.computeIfAbsent(
                                new Time(shown.createdAt(), shown.event()),
                                _ -> new LinkedHashSet<>())
                        .add(shown.recipientId());
            }
        }
        List<TimelineEntry> steps = new ArrayList<>();
        told.forEach(
                (time, who) ->
                        steps.add(
                                new TimelineEntry(
                                        time.at(),
                                        TimelineEntry.SYSTEM,
                                        time.event() == NotificationEvent.REMINDER
                                                ? Step.REMINDED
                                                : Step.ESCALATED,
                                        String.join(", ", who))));
        return steps;
    }
}
