package cctvout.watchdog;

import cctvout.notification.AlarmCause;
import cctvout.template.Placeholders;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What the watchdog finds by itself, each with its sentence in table {@code alarm}. */
enum Finding {
    NO_PROBE_SINCE("{cameras} cameras, no probe since {since}"),
    NOBODY_PROBES("{cameras} cameras, and no process that probes was heard of since {since}"),
    ZONE_UNPROBED("cameras of zone {zone} that no process probes: {cameras}"),
    REST_UNPROBED("cameras outside of zones with probers that no process probes: {cameras}"),
    UNREAD("{unread} transitions are not read yet, more than {limit}"),
    UNREAD_SINCE("a transition of {since} is not read yet");

    private final String sentence;

    Finding(String sentence) {
        this.sentence = sentence;
    }

    /**
     * @param figures by their names in the sentence, beside {@code since}
     */
    AlarmCause with(Map<String, String> figures, @Nullable Instant since) {
        Map<String, String> all = new HashMap<>(figures);
        if (since != null) {
            all.put("since", since.toString());
        }
        return new AlarmCause(name(), figures, since, null, Placeholders.fill(sentence, all));
    }
}
