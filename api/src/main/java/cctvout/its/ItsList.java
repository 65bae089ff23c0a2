package cctvout.its;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What one answer lists: {@code response.data}, an array, or one object where it lists one camera.
 *
 * @param cameras each once, in their order
 * @param skipped entries that are no HLS stream with a name and a place, or there twice
 */
record ItsList(List<ItsCamera> cameras, int skipped) {

    private static final int LONGEST_NAME = 200;

    /** The answer is no list; says what it is instead. */
    static final class NoListException extends RuntimeException {
        NoListException(String why) {
            super(why, null, false, false);
        }
    }

    ItsList {
        cameras = List.copyOf(cameras);
    }

    /**
     * Reads entry by entry, so that only the cameras are held.
     *
     * @param most cameras, {@code cctvout.its.max-cameras}; those beyond are skipped
     * @throws NoListException where it is none
     */
    static ItsList parse(JsonMapper json, byte[] body, int most) {
        Reading reading = new Reading(most);
        try (JsonParser parser = json.createParser(body)) {
            reading.document(parser);
        } catch (JacksonException malformed) {
            throw new NoListException("answered with malformed JSON");
        }
        return new ItsList(reading.cameras, reading.skipped);
    }

    private static final class Reading {
        private final int most;
        private final List<ItsCamera> cameras = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private int skipped;
        private boolean listed;
        private String said = "";

        Reading(int most) {
            this.most = most;
        }

        void document(JsonParser parser) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NoListException("answered with JSON that is no object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("response") && value == JsonToken.START_OBJECT) {
                    response(parser);
                } else if (name.equals("resultMsg") && value == JsonToken.VALUE_STRING) {
                    said = parser.getString();
                } else {
                    parser.skipChildren();
                }
            }
            if (!listed) {
                throw new NoListException(
                        "answered without response.data" + (said.isEmpty() ? "" : ": " + said));
            }
        }

        private void response(JsonParser parser) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("resultMsg") && value == JsonToken.VALUE_STRING) {
                    said = parser.getString();
                } else if (name.equals("data") && value == JsonToken.START_OBJECT) {
                    listed = true;
                    entry(parser.readValueAsTree());
                } else if (name.equals("data") && value == JsonToken.START_ARRAY) {
                    listed = true;
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        entry(parser.readValueAsTree());
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void entry(JsonNode entry) {
            ItsCamera camera = cameras.size() < most ? camera(entry) : null;
            if (camera != null && ids.add(camera.id().value())) {
                cameras.add(camera);
            } else {
                skipped++;
            }
        }

        private static @Nullable ItsCamera camera(JsonNode entry) {
            String name = text(entry, "cctvname").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            String url = text(entry, "cctvurl").strip();
            String format = text(entry, "cctvformat").strip();
            Double longitude = number(entry, "coordx");
            Double latitude = number(entry, "coordy");
            boolean streams = format.isEmpty() || format.toUpperCase(Locale.ROOT).equals("HLS");
            if (longitude == null || latitude == null || !streams) {
                return null;
            }
            boolean onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
            return name.isEmpty() || url.isEmpty() || !onEarth
                    ? null
                    : new ItsCamera(cut(name), latitude, longitude, url);
        }

        private static String cut(String name) {
            return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
        }

        private static String text(JsonNode entry, String field) {
            return entry.path(field).stringValue("");
        }

        private static @Nullable Double number(JsonNode entry, String field) {
            JsonNode value = entry.path(field);
            try {
                return value.isNumber()
                        ? Double.valueOf(value.doubleValue())
                        : Double.valueOf(value.stringValue("").strip());
            } catch (NumberFormatException none) {
                return null;
            }
        }
    }
}
