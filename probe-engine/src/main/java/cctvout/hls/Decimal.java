package cctvout.hls;

/** Numbers as playlists write them, without exceptions for those that are none. */
final class Decimal {

    /** More digits than this do not fit a long, whatever they are. */
    private static final int DIGITS = 18;

    /** So that a playlist's segments can be counted on from it. */
    private static final long MOST = Long.MAX_VALUE / 2;

    private Decimal() {}

    /** A whole number from 0 to 2^62, spaces round it allowed; -1 for anything else. */
    static long whole(String value) {
        String digits = value.strip();
        if (digits.isEmpty() || digits.length() > DIGITS + 1) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            if (number > (MOST - digit) / 10) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The number that a value starts with, up to a comma or a space; {@code other} without one. */
    static double parse(String value, double other) {
        double number = 0;
        double scale = 0;
        int digits = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '.' && scale == 0) {
                scale = 1;
            } else if (c >= '0' && c <= '9' && digits < DIGITS) {
                number = number * 10 + (c - '0');
                scale *= 10;
                digits++;
            } else if (c == ',' || c <= ' ') {
                break;
            } else {
                return other;
            }
        }
        return digits == 0 ? other : scale > 1 ? number / scale : number;
    }
}
