package cctvout.importing;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * CSV (RFC 4180) to rows, pushed in pieces of any size; any line end. Where the first line that is
 * not blank has no comma, its cells are what tabs or semicolons part. A quote that is never closed
 * costs its own line alone: the lines that it would have swallowed are read again by themselves.
 * Pure, for one text and one thread.
 */
final class CsvParser {

    static final String NOT_CLOSED = "a quote (\") is opened and not closed";
    static final String AFTER_QUOTE = "text after a closing quote (\")";

    private final int maxChars;
    private final Consumer<CsvRow> rows;
    private final StringBuilder line = new StringBuilder();
    private boolean carriageReturn;
    private boolean lineTooLong;

    // the row being read: its lines so far, and how far they led
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private List<String> cells = new ArrayList<>();
    private boolean quoted;

    /** Null before the first line. */
    private @Nullable Character separator;

    private int chars;
    private int number;

    /**
     * @param maxChars in one row, line ends counted in
     */
    CsvParser(int maxChars, Consumer<CsvRow> rows) {
        this.maxChars = maxChars;
        this.rows = rows;
    }

    void feed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && carriageReturn) {
                carriageReturn = false;
                continue;
            }
            carriageReturn = c == '\r';
            if (c == '\r' || c == '\n') {
                endOfLine();
            } else if (line.length() < maxChars) {
                line.append(c);
            } else {
                lineTooLong = true;
            }
        }
    }

    void finish() {
        if (!line.isEmpty()) {
            endOfLine();
        }
        while (!lines.isEmpty()) {
            reread();
        }
    }

    private void endOfLine() {
        String text = line.toString();
        line.setLength(0);
        if (lineTooLong) {
            lineTooLong = false;
            while (!lines.isEmpty()) {
                reread();
            }
            emit(List.of(), tooLong());
            return;
        }
        read(text);
    }

    private void read(String first) {
        Deque<String> todo = new ArrayDeque<>();
        todo.add(first);
        for (String next = todo.poll(); next != null; next = todo.poll()) {
            lines.add(next);
            chars += next.length() + 1;
            String problem = parse(next);
            if (quoted && chars > maxChars) {
                problem = NOT_CLOSED;
            }
            if (problem != null && lines.size() > 1) {
                List<String> again = giveUpFirst();
                for (int i = again.size() - 1; i >= 0; i--) {
                    todo.addFirst(again.get(i));
                }
            } else if (problem != null || !quoted) {
                emit(cells, problem);
            }
        }
    }

    /** The text ended within quotes. */
    private void reread() {
        giveUpFirst().forEach(this::read);
    }

    private List<String> giveUpFirst() {
        List<String> again = List.copyOf(lines.subList(1, lines.size()));
        emit(List.of(), NOT_CLOSED);
        return again;
    }

    private void emit(List<String> done, @Nullable String problem) {
        number++;
        rows.accept(new CsvRow(number, List.copyOf(done), problem));
        lines.clear();
        cells = new ArrayList<>();
        cell.setLength(0);
        quoted = false;
        chars = 0;
    }

    /** Goes on with the row by one line; returns what is wrong with it. */
    private @Nullable String parse(String text) {
        boolean closed = false;
        char between = separator(text);
        if (quoted) {
            cell.append('\n');
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (c != '"' || doubled) {
                    cell.append(c);
                    i += doubled ? 1 : 0;
                } else {
                    quoted = false;
                    closed = true;
                }
            } else if (c == between) {
                endOfCell();
                closed = false;
            } else if (closed) {
                if (c != ' ' && c != '\t') {
                    return AFTER_QUOTE;
                }
            } else if (c == '"' && cell.chars().allMatch(Character::isWhitespace)) {
                cell.setLength(0);
                quoted = true;
            } else {
                cell.append(c);
            }
        }
        if (!quoted) {
            endOfCell();
        }
        return null;
    }

    private char separator(String line) {
        if (separator != null) {
            return separator;
        }
        String bare = line.replaceAll("\"[^\"]*\"?", "");
        char found =
                bare.indexOf(',') >= 0
                        ? ','
                        : bare.indexOf('\t') >= 0 ? '\t' : bare.indexOf(';') >= 0 ? ';' : ',';
        if (!line.isBlank()) {
            separator = found;
        }
        return found;
    }

    private void endOfCell() {
        cells.add(cell.toString());
        cell.setLength(0);
    }

    private String tooLong() {
        return "longer than " + maxChars + " characters (cctvout.import.max-row-chars)";
    }
}
