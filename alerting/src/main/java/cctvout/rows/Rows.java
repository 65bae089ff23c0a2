package cctvout.rows;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON of the tables and of the log: one mapper, so that a body looks the same everywhere. */
public final class Rows {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Rows() {}

    /** One line. */
    public static String json(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    public static <T> T read(String json, TypeReference<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** To be added to. */
    public static ObjectNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** What {@code jsonb_to_recordset} takes. */
    public static <T> String recordset(Collection<T> items, Function<T, Row> row) {
        List<Map<String, @Nullable Object>> rows =
                items.stream().map(row).map(filled -> filled.cells).toList();
        return json(rows);
    }

    /** One row's cells, by column name. */
    public static final class Row {
        private final Map<String, @Nullable Object> cells = new LinkedHashMap<>();

        public Row with(String column, @Nullable Object value) {
            // a NUL has no place in PostgreSQL's text
            cells.put(column, value instanceof String text ? text.replace("\0", "") : value);
            return this;
        }
    }
}
