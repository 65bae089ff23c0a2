package cctvout.kafka;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** The broker, or its client, did not take what was to be sent. Says which record, and why. */
final class BrokerException extends RuntimeException {

    private final transient @Nullable OutboundEvent event;

    BrokerException(Throwable why) {
        super(words(why), why, false, false);
        this.event = null;
    }

    BrokerException(String words) {
        super(words, null, false, false);
        this.event = null;
    }

    BrokerException(OutboundEvent event, Throwable why) {
        super(name(event) + ": " + words(why), why, false, false);
        this.event = event;
    }

    /** The first that was not taken; null where that is not known. */
    @Nullable OutboundEvent event() {
        return event;
    }

    private static String name(OutboundEvent event) {
        String value = event.value();
        int bytes = value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
        return "%s %s of %s (%d bytes)".formatted(event.topic(), event.id(), event.key(), bytes);
    }

    /** What it says, and what it says of its cause. */
    static String words(Throwable why) {
        Throwable deeper = why.getCause();
        return deeper == null ? why.toString() : why + ": " + deeper;
    }
}
