package cctvout.importing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What headers mean that only their author knows, as the caller says it. */
record ColumnMap(Map<String, Column> columns) {

    static final ColumnMap NONE = new ColumnMap(Map.of());

    ColumnMap {
        columns = Map.copyOf(columns);
    }

    /**
     * @param given each a field as REST names it, a colon and a header as the table writes it
     * @throws TableException where there is no such field, or a header is given two of them
     */
    static ColumnMap of(List<String> given) {
        Map<String, Column> columns = new HashMap<>();
        for (String pair : given) {
            int end = pair.indexOf(':');
            String field = end < 0 ? pair : pair.substring(0, end);
            Column column =
                    Column.ofField(field)
                            .filter(_ -> end > 0)
                            .orElseThrow(
                                    () ->
                                            new TableException(
                                                    "map: FIELD:HEADER with one of "
                                                            + Column.fields()
                                                            + ", not "
                                                            + pair));
            String header = TableHeader.shown(pair.substring(end + 1));
            if (columns.putIfAbsent(header, column) != null) {
                throw new TableException("map: " + header + " cannot mean two fields");
            }
        }
        return new ColumnMap(columns);
    }

    /** What is said of a header counts more than what its name would mean. */
    Optional<Column> named(String header) {
        Column said = columns.get(header);
        return said == null ? Column.named(header) : Optional.of(said);
    }
}
