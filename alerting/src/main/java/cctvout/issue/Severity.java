package cctvout.issue;

/** How bad, from a picture that stutters to a server that many cameras need. */
public enum Severity {
    MINOR,
    MAJOR,
    CRITICAL
}
