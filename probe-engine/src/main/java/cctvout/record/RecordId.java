package cctvout.record;

/** What a record may be called: one rule for all that are kept under an id of the caller's. */
public final class RecordId {

    public static final int MAX_LENGTH = 64;

    /** The rule in words. */
    public static final String FORM =
            "letters, digits and - _ . :, 1 to " + MAX_LENGTH + " characters, neither . nor ..";

    private RecordId() {}

    public static boolean isValid(String id) {
        int length = 0;
        for (int i = 0; i < id.length(); length++) {
            int c = id.codePointAt(i);
            if (!isPart(c)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return length >= 1 && length <= MAX_LENGTH && !isRelative(id);
    }

    /** As part of a path it would lead elsewhere, whoever asks (RFC 3986, 5.2.4). */
    private static boolean isRelative(String id) {
        return id.equals(".") || id.equals("..");
    }

    // asked of each row of an import: no pattern
    private static boolean isPart(int c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= ':'
                    || c == '_'
                    || c == '.'
                    || c == '-';
        }
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                    true;
            default -> Character.isLetter(c);
        };
    }
}
