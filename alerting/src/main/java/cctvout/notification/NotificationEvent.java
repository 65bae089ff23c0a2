package cctvout.notification;

/** What a notice says of its issue. */
public enum NotificationEvent {
    OPENED,
    REMINDER,
    ESCALATED,
    RECOVERED,
    /** Many notices in one message, where each by itself would be a flood. */
    DIGEST
}
