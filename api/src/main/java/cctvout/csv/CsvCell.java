package cctvout.csv;

/** One cell of a CSV (RFC 4180). */
public final class CsvCell {

    /** With the full-width forms, which count where East Asian input is usual. */
    private static final String ACTIVE = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private CsvCell() {}

    /**
     * Whether a spreadsheet would take a text that begins with this for a formula (OWASP, CSV
     * injection).
     */
    public static boolean isActive(char first) {
        return ACTIVE.indexOf(first) >= 0;
    }

    /** Within quotes where it has to be. */
    public static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
