package cctvout.web;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * Instants as callers write them, of the years 1 to 9999: an {@link Instant} may be a billion years
 * away, where neither the database nor a calculation follows.
 */
final class KnownTimes {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant PAST_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private KnownTimes() {}

    /**
     * @throws IllegalArgumentException where it is none
     */
    static Instant parse(String text) {
        try {
            Instant at = Instant.parse(text);
            if (isKnown(at)) {
                return at;
            }
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("not an instant", malformed);
        }
        throw new IllegalArgumentException("beyond the years 1 to 9999");
    }

    private static boolean isKnown(Instant at) {
        return !at.isBefore(FIRST) && at.isBefore(PAST_LAST);
    }

    /** The same in bodies. */
    static final class InBodies extends StdDeserializer<Instant> {

        InBodies() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getString().isBlank()) {
                return (Instant)
                        context.handleWeirdStringValue(
                                Instant.class, parser.getString(), "not a text");
            }
            Instant at = InstantDeserializer.INSTANT.deserialize(parser, context);
            return isKnown(at)
                    ? at
                    : (Instant)
                            context.handleWeirdStringValue(
                                    Instant.class, at.toString(), "beyond the years 1 to 9999");
        }
    }
}
