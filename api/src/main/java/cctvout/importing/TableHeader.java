package cctvout.importing;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first row of a table: which of its columns mean what. */
final class TableHeader {

    private record Place(int index, String header) {}

    private final List<String> headers;
    private final Map<Column, List<Place>> places;
    private final List<String> ignored;

    private TableHeader(
            List<String> headers, Map<Column, List<Place>> places, List<String> ignored) {
        this.headers = headers;
        this.places = places;
        this.ignored = ignored;
    }

    /** Throws {@link TableException} where a column that each camera needs is missing. */
    static TableHeader of(List<String> cells, ColumnMap map) {
        Map<Column, List<Place>> places = new EnumMap<>(Column.class);
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String header = shown(cells.get(i));
            Optional<Column> column = map.named(header);
            if (column.isPresent()) {
                places.computeIfAbsent(column.get(), _ -> new ArrayList<>())
                        .add(new Place(i, header));
            } else if (!header.isEmpty()) {
                ignored.add(header);
            }
        }
        places.forEach(
                (column, same) ->
                        same.sort(Comparator.comparingInt(p -> column.preference(p.header()))));
        require(places.keySet(), ignored, Column.ID);
        require(places.keySet(), ignored, Column.IP, Column.HLS_URL);
        List<String> headers = cells.stream().map(TableHeader::shown).toList();
        return new TableHeader(headers, places, List.copyOf(ignored));
    }

    List<String> ignored() {
        return ignored;
    }

    int width() {
        return headers.size();
    }

    /** The first that is not blank among the columns that mean the same. */
    @Nullable String text(Column column, List<String> cells) {
        for (Place place : places.getOrDefault(column, List.of())) {
            int index = place.index();
            String text = index < cells.size() ? TableCell.text(cells.get(index)) : null;
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /**
     * Whether a row says all of it.
     *
     * @param cells how many the row has
     */
    boolean covers(Column column, int cells) {
        List<Place> same = places.getOrDefault(column, List.of());
        return !same.isEmpty() && same.stream().allMatch(place -> place.index() < cells);
    }

    /**
     * The header of a camera's field, as the file writes it; null where it has none. A missing
     * target is shown at {@code hlsUrl} where there is no {@code ip}.
     */
    @Nullable String ofField(String field) {
        List<Place> same = Column.ofField(field).map(places::get).orElse(null);
        if (same == null && field.equals(Column.IP.field())) {
            same = places.get(Column.HLS_URL);
        }
        return same == null ? null : same.getFirst().header();
    }

    /** The header at a place; null beyond the last. */
    @Nullable String at(int index) {
        return index < headers.size() ? headers.get(index) : null;
    }

    private static void require(Set<Column> there, List<String> unknown, Column... oneOf) {
        for (Column column : oneOf) {
            if (there.contains(column)) {
                return;
            }
        }
        List<String> names = new ArrayList<>();
        for (Column column : oneOf) {
            names.add(column.accepted());
        }
        throw new TableException(
                unknown,
                "row 1 has no column for "
                        + oneOf[0].field()
                        + (oneOf.length > 1 ? " or " + oneOf[1].field() : "")
                        + "; it may be headed "
                        + String.join(", ", names));
    }

    static String shown(String cell) {
        return cell.replace("\ufeff", "").strip();
    }
}
