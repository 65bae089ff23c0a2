package cctvout.role;

import java.util.Locale;

/** A part of the work that one process may take. */
public enum Role {
    /** REST, live stream, dashboard, import. */
    API,
    /** The probe engine. */
    PROBE,
    /** Issues and notifications. */
    ALERTING;

    /** As the setting names it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
