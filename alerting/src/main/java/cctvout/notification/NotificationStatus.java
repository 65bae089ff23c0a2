package cctvout.notification;

/** How far a notice has come. A FAILED one is tried on slowly, and a late success makes it SENT. */
public enum NotificationStatus {
    CREATED,
    SENT,
    FAILED,
    CANCELLED
}
