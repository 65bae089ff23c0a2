package cctvout.importing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a table of cameras may hold, under the names of Korean open data and of plain English. */
enum Column {
    ID("id", "CCTV관리번호", "관리번호"),
    NAME("name", "설치위치명"),
    ADDRESS("address", "설치위치주소", "소재지도로명주소", "소재지지번주소"),
    LATITUDE("latitude", "위도", "WGS84위도", "lat"),
    LONGITUDE("longitude", "경도", "WGS84경도", "lon"),
    IP("ip", "IP주소"),
    HLS_URL("hlsUrl", "스트리밍 프로토콜(HTTP)주소", "hls"),
    LINE("line", "회선"),
    SITE("site", "국사"),
    DISTRICT("district", "구", "관할구역"),
    VENDOR("vendor", "제조사", "업체"),
    ZONE("zone", "망", "존"),
    ENABLED("enabled"),
    INTERVAL("interval"),
    PROBE_ICMP("probeIcmp"),
    PROBE_HLS("probeHls");

    private static final Map<String, Column> BY_KEY = byKey();

    private final String field;
    private final List<String> others;

    Column(String field, String... others) {
        this.field = field;
        this.others = List.of(others);
    }

    /** The camera's field, as REST names it, and the header that export writes. */
    String field() {
        return field;
    }

    /** Every field, for a message. */
    static String fields() {
        return Arrays.stream(values()).map(Column::field).collect(Collectors.joining(", "));
    }

    /** Every header that means this column, for a message. */
    String accepted() {
        return others.isEmpty() ? field : field + ", " + String.join(", ", others);
    }

    /**
     * Where two headers of one table mean the same column (road name and lot address): the lower
     * one is asked first.
     */
    int preference(String header) {
        String key = key(header);
        for (int i = 0; i < others.size(); i++) {
            if (key(others.get(i)).equals(key)) {
                return i;
            }
        }
        return key.equals(key(field)) ? -1 : others.size();
    }

    static Optional<Column> named(String header) {
        return Optional.ofNullable(BY_KEY.get(key(header)));
    }

    static Optional<Column> ofField(String field) {
        return Arrays.stream(values()).filter(column -> column.field.equals(field)).findFirst();
    }

    /**
     * Case, every kind of space and a stray byte order mark do not count; a Mac's decomposed Hangul
     * is composed.
     */
    private static String key(String header) {
        StringBuilder key = new StringBuilder(header.length());
        Normalizer.normalize(header, Normalizer.Form.NFC)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .filter(c -> Character.getType(c) != Character.FORMAT && c != '"' && c != '\'')
                .forEach(key::appendCodePoint);
        return key.toString().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Column> byKey() {
        Map<String, Column> map = new HashMap<>();
        for (Column column : values()) {
            map.put(key(column.field), column);
            column.others.forEach(name -> map.put(key(name), column));
        }
        return Map.copyOf(map);
    }
}
