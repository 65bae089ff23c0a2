package cctvout.importing;

/** A spreadsheet's own file where CSV was expected: 415. */
final class SpreadsheetException extends TableException {
    SpreadsheetException() {
        super("this is a spreadsheet or ZIP file: save the table as CSV");
    }
}
