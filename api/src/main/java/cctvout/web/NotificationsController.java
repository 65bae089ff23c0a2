package cctvout.web;

import cctvout.notification.Inbox;
import cctvout.notification.Notices;
import cctvout.notification.Notification;
import cctvout.notification.NotificationDesk;
import cctvout.notification.NotificationQuery;
import cctvout.notification.NotificationStatus;
import cctvout.problem.ProblemException;
import cctvout.recipient.RecipientChannel;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.Caller;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.security.Principal;
import java.util.List;

/** What was told, to whom, and whether it arrived. */
@RestController
@ConditionalOnRole(Role.API)
class NotificationsController {

    private static final List<String> CHANNELS = RecipientChannel.TYPES;

    private final NotificationDesk desk;
    private final Inbox inbox;

    NotificationsController(NotificationDesk desk, Inbox inbox) {
        this.desk = desk;
        this.inbox = inbox;
    }

    /** Newest first; for a recipient's account its own. */
    @GetMapping("/api/notifications")
    Mono<Notices.Page> list(
            @RequestParam(required = false) @Nullable NotificationStatus status,
            @RequestParam(required = false) @Nullable String issue,
            @RequestParam(required = false) @Nullable String outage,
            @RequestParam(required = false) @Nullable String recipient,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Nullable Principal caller) {
        int most = Paging.limit(limit);
        if (channel != null && !CHANNELS.contains(channel)) {
            throw ProblemException.refused(new Violation("channel", channel, "one of " + CHANNELS));
        }
        String own = Caller.limitedTo(caller);
        String whose = own == null ? recipient : own;
        return desk.search(
                Paging.query(
                        () ->
                                new NotificationQuery(
                                        status, issue, outage, whose, channel, false, most,
                                        cursor)));
    }

    @GetMapping("/api/notifications/{id}")
    Mono<Notification> read(@PathVariable String id) {
        return desk.find(id).switchIfEmpty(unknown(id));
    }

    @PostMapping("/api/notifications/{id}/resend")
    Mono<Notification> resend(@PathVariable String id) {
        return desk.resend(id).switchIfEmpty(unknown(id));
    }

    /**
     * A recipient's own notices; for the others everybody's, or one recipient's where one is named.
     */
    @GetMapping("/api/inbox")
    Mono<InboxPage> inbox(
            @RequestParam(required = false) @Nullable String recipient,
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Nullable Principal caller) {
        String own = Caller.limitedTo(caller);
        String whose = own == null ? recipient : own;
        return Mono.zip(
                inbox.list(whose, unread, Paging.limit(limit), Paging.number(cursor)),
                inbox.unreadCount(whose),
                (page, count) -> new InboxPage(page.items(), page.next(), count));
    }

    /**
     * @param unread how many there are in all that were not read yet
     */
    record InboxPage(List<Notification> items, @Nullable String next, long unread) {}

    @PostMapping("/api/inbox/{id}/read")
    Mono<Notification> markRead(@PathVariable String id) {
        return inbox.markRead(id).switchIfEmpty(unknown(id));
    }

    private static Mono<Notification> unknown(String id) {
        return Mono.error(() -> ProblemException.unknown("notification", id));
    }
}
