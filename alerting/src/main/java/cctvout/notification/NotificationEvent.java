package cctvout.notification;

/** What a notice says of its issue. */
public enum NotificationEvent {
    OPENED,
    REMINDER,
    ESCALATED,
    RECOVERED
}
