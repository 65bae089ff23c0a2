package cctvout.alerting;

import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.notification.Notice;
import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;

import org.jspecify.annotations.Nullable;

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

    /**
     * One entry for each time, however many were told.
     *
     * @param reader a recipient, who is not told which others were; null for who may know all
     */
    static List<TimelineEntry> of(Collection<Notice> notices, @Nullable String reader) {
        Map<Time, Set<String>> told = new LinkedHashMap<>();
        for (Notice notice : notices) {
            Notification shown = notice.notification();
            if (notice.isFollowUp() && !notice.isCancelled()) {
                Set<String> names =
                        told.computeIfAbsent(
                                new Time(shown.createdAt(), shown.event()),
                                _ -> new LinkedHashSet<>());
                if (reader == null || reader.equals(shown.recipientId())) {
                    names.add(shown.recipientId());
                }
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
                                        who.isEmpty() ? null : String.join(", ", who))));
        return steps;
    }
}
