package cctvout.importing;

/** Another kind of file than a table of cameras comes in: 415. */
final class SpreadsheetException extends TableException {
    SpreadsheetException(String message) {
        super(message);
    }
}
