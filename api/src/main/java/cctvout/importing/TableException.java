package cctvout.importing;

import java.util.List;

/** The text as a whole is no table of cameras; the message says what is missing. */
public class TableException extends RuntimeException {

    private final transient List<String> unknown;

    TableException(String message) {
        this(List.of(), message);
    }

    /**
     * @param unknown headers that mean nothing here, one of which may be what is missing
     */
    TableException(List<String> unknown, String message) {
        super(message);
        this.unknown = List.copyOf(unknown);
    }

    List<String> unknown() {
        return unknown;
    }
}
