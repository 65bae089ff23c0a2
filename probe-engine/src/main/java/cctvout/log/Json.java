package cctvout.log;

import tools.jackson.databind.json.JsonMapper;

/**
 * The one way in which the project writes its records as JSON: ISO-8601 instants in UTC, ISO-8601
 * durations, one line.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Errors with {@link tools.jackson.core.JacksonException} where the text is not of that type.
     */
    public static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }
}
