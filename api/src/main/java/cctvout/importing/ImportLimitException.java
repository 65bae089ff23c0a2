package cctvout.importing;

/** The import would take more than a setting allows; the message names it. */
abstract sealed class ImportLimitException extends RuntimeException {

    private ImportLimitException(String message) {
        super(message);
    }

    /** 413. */
    static final class TooLarge extends ImportLimitException {
        TooLarge(long maxBytes, int rowsTaken) {
            super(
                    "the body is larger than "
                            + maxBytes
                            + " bytes (cctvout.import.max-bytes); "
                            + rowsTaken
                            + " rows had been taken in before");
        }
    }

    /** 429. */
    static final class TooMany extends ImportLimitException {
        TooMany(int maxParallel) {
            super(maxParallel + " imports are running already (cctvout.import.max-parallel)");
        }
    }
}
