package cctvout.hls;

import org.jspecify.annotations.Nullable;

/**
 * Ends a check from within one of its steps; the prober turns it into a result. Without a stack
 * trace: with many dead cameras these are ordinary.
 */
final class StreamFault extends RuntimeException {

    private final HlsReason reason;
    private final @Nullable Integer httpStatus;

    StreamFault(HlsReason reason, @Nullable String detail) {
        this(reason, detail, null);
    }

    StreamFault(HlsReason reason, @Nullable String detail, @Nullable Integer httpStatus) {
        super(detail, null, false, false);
        this.reason = reason;
        this.httpStatus = httpStatus;
    }

    HlsReason reason() {
        return reason;
    }

    @Nullable Integer httpStatus() {
        return httpStatus;
    }
}
