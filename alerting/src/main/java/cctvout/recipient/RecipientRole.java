package cctvout.recipient;

/** What a recipient answers for. */
public enum RecipientRole {
    LINE_OPERATOR,
    CAMERA_VENDOR,
    STREAM_OPERATOR,
    CONTROL_ROOM
}
