package cctvout.network;

import java.util.concurrent.TimeoutException;

/**
 * A name was not looked up, because too many lookups were under way: nothing is known of it. Its
 * message names the setting.
 */
public final class LookupLimitException extends TimeoutException {

    public LookupLimitException(int limit) {
        super("more than %d lookups at once (cctvout.probe.dns.max-lookups)".formatted(limit));
    }
}
