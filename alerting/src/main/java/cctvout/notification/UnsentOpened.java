package cctvout.notification;

/** What becomes of an OPENED that was not sent when its fault ends. */
public enum UnsentOpened {
    /** One notice of both. */
    MERGE,
    /** Neither is sent. */
    CANCEL
}
