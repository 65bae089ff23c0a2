package cctvout.notification;

import cctvout.notification.Delivery.Failed;
import cctvout.notification.FailureCause.Code;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.regex.Pattern;

/** What a gateway's answer means: its status, and where it says 2xx to everything, its words. */
final class GatewayAnswer {

    private static final int LOOKED_AT = 4096;

    /** What is wrong with this message, and would not be with another. */
    private static final Set<Integer> OF_THE_MESSAGE = Set.of(400, 409, 410, 413, 414, 422);

    private final @Nullable Pattern accepted;
    private final Pattern refused;

    /**
     * @param accepted null where a status 2xx is enough
     * @param refused empty for none
     */
    GatewayAnswer(@Nullable String accepted, String refused) {
        this.accepted = accepted == null ? null : Pattern.compile(accepted);
        this.refused = Pattern.compile(refused.isEmpty() ? "(?!)" : refused);
    }

    /** Never in the gateway's own words: they may hold a number or a key. */
    Delivery means(int status, String said) {
        if (!OutgoingHttp.isTaken(status)) {
            FailureCause cause = FailureCause.http(status);
            return OF_THE_MESSAGE.contains(status) ? Failed.itself(cause) : Failed.refused(cause);
        }
        String text = said.length() > LOOKED_AT ? said.substring(0, LOOKED_AT) : said;
        if (refused.matcher(text).find()) {
            return Failed.itself(FailureCause.of(Code.GATEWAY_SAYS_NO, status));
        }
        return accepted == null || accepted.matcher(text).find()
                ? new Delivery.Sent()
                : new Failed(
                        FailureCause.of(Code.GATEWAY_UNCLEAR, status), true, false, null, true);
    }
}
