package cctvout.camera;

import cctvout.network.AllowedNetworks;
import cctvout.record.RecordId;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What a camera must be like to be registered: one rule for REST, import and command line. */
public final class CameraCheck {

    public static final int MAX_NAME = 200;
    public static final int MAX_ADDRESS = 300;
    public static final int MAX_PLACE = 100;

    /** What {@code /api/cameras} calls the table of all: no camera could be read under it. */
    public static final String EXPORT = "export";

    private final TargetCheck targets;

    /**
     * @param networks addresses in special ranges are refused where it does not name them ({@code
     *     cctvout.probe.allowed-networks})
     */
    public CameraCheck(AllowedNetworks networks) {
        this(
                networks,
                "address in a special range (loopback, link-local, multicast, reserved) that"
                        + " cctvout.probe.allowed-networks does not name");
    }

    /**
     * @param refusal what is said of an address that may not be one
     */
    public CameraCheck(AllowedNetworks networks, String refusal) {
        this.targets = new TargetCheck(networks, refusal);
    }

    /** All that is wrong, in the order of the fields; empty where nothing is. */
    public List<Violation> violations(CameraDraft draft) {
        List<Violation> found = new ArrayList<>();
        id(draft.id(), found);
        text("name", draft.name(), MAX_NAME, found);
        text("address", draft.address(), MAX_ADDRESS, found);
        degrees("latitude", draft.latitude(), 90, found);
        degrees("longitude", draft.longitude(), 180, found);
        if (draft.ip() == null && draft.hlsUrl() == null) {
            found.add(new Violation("ip", null, "ip or hlsUrl is required"));
        }
        targets.host("ip", draft.ip(), found);
        targets.url("hlsUrl", draft.hlsUrl(), found);
        text("line", draft.line(), MAX_PLACE, found);
        text("site", draft.site(), MAX_PLACE, found);
        text("district", draft.district(), MAX_PLACE, found);
        text("vendor", draft.vendor(), MAX_PLACE, found);
        text("zone", draft.zone(), MAX_PLACE, found);
        interval(draft, found);
        return found;
    }

    private static void id(@Nullable String id, List<Violation> found) {
        if (id == null) {
            found.add(new Violation("id", null, "required"));
        } else if (!CameraId.isValid(id)) {
            found.add(new Violation("id", id, RecordId.FORM));
        } else if (id.equals(EXPORT)) {
            found.add(new Violation("id", id, "is a path of its own: the table of all cameras"));
        }
    }

    /** Room for one line of text without anything that moves a terminal's or a log's cursor. */
    static void text(String field, @Nullable String value, int max, List<Violation> found) {
        if (value == null) {
            return;
        }
        if (value.length() > max) {
            found.add(new Violation(field, value, "at most " + max + " characters"));
        } else if (anyUnprintable(value)) {
            found.add(new Violation(field, visible(value), "no control characters"));
        }
    }

    /** Is there anything that is no part of one line of text, such as a line's end? */
    public static boolean anyUnprintable(String value) {
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            if (unprintable(c)) {
                return true;
            }
            i += Character.charCount(c);
        }
        return false;
    }

    static boolean unprintable(int c) {
        if (c >= 0x20 && c < 0x7f) {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || c >= 0x202a && c <= 0x202e // overrides of the writing direction
                || c >= 0x2066 && c <= 0x2069;
    }

    static String visible(String value) {
        StringBuilder shown = new StringBuilder(value.length());
        value.codePoints().forEach(c -> shown.appendCodePoint(unprintable(c) ? 0xfffd : c));
        return shown.toString();
    }

    private static void degrees(
            String field, @Nullable Double value, double max, List<Violation> found) {
        // written so that NaN is outside
        if (value != null && !(value >= -max && value <= max)) {
            found.add(
                    new Violation(
                            field,
                            value.toString(),
                            "between -" + (int) max + " and " + (int) max));
        }
    }

    private static void interval(CameraDraft draft, List<Violation> found) {
        if (draft.interval() != null && !CameraInterval.within(draft.interval())) {
            found.add(new Violation("interval", draft.interval().toString(), "between 1s and 24h"));
        }
    }
}
