package cctvout.hls;

import static cctvout.hls.HlsStatus.ERROR;
import static cctvout.hls.HlsStatus.FAIL;
import static cctvout.hls.HlsStatus.SUCCESS;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Why a stream check ended as it did. Each belongs to one status. */
public enum HlsReason {
    OK(SUCCESS),
    /** First check: nothing to compare the edge with. */
    FRESHNESS_UNPROVEN(SUCCESS),
    SEQUENCE_RESET(SUCCESS),
    SEGMENT_LATE(SUCCESS),
    NO_TARGETDURATION(SUCCESS),
    WRONG_MIME(SUCCESS),
    SLOW(SUCCESS),

    INVALID_URL(ERROR),
    BLOCKED_ADDRESS(ERROR),
    DNS_ERROR(ERROR),
    /** No name server answered us: nothing is known of the stream. */
    DNS_TIMEOUT(ERROR),
    CONNECT_TIMEOUT(ERROR, true),
    NO_ROUTE(ERROR, true),
    CONNECT_REFUSED(ERROR, true),
    TLS_ERROR(ERROR, true),
    TLS_CERT(ERROR, true),
    RESPONSE_TIMEOUT(ERROR),
    BODY_TIMEOUT(ERROR),
    CONNECTION_RESET(ERROR, true),
    /** What answers there does not speak HTTP. */
    NOT_HTTP(ERROR),
    SEGMENT_TIMEOUT(ERROR),
    /** Our own limit: nothing is known of the stream. */
    PROBER_OVERLOAD(ERROR),

    HTTP_401(FAIL),
    HTTP_403(FAIL),
    SESSION_LOST(FAIL),
    HTTP_404(FAIL),
    /** Any other 4xx at the entry. */
    HTTP_4XX(FAIL),
    RATE_LIMITED(FAIL, true),
    HTTP_5XX(FAIL, true),
    REDIRECT_LOOP(FAIL),
    BODY_TOO_LARGE(FAIL),
    EMPTY_BODY(FAIL),
    NOT_A_PLAYLIST(FAIL),
    MIXED_PLAYLIST(FAIL),
    MALFORMED(FAIL),
    NO_VARIANT(FAIL),
    EMPTY_PLAYLIST(FAIL),
    ALL_GAP(FAIL),
    STALE_PLAYLIST(FAIL),
    STREAM_ENDED(FAIL),
    SEQUENCE_REGRESSED(FAIL),
    SEGMENT_404(FAIL),
    SEGMENT_NOT_MEDIA(FAIL),
    SEGMENT_EMPTY(FAIL),
    INIT_404(FAIL),
    NO_VIDEO(FAIL),
    PTS_FROZEN(FAIL);

    private static final Set<String> HOST_LEVEL =
            Arrays.stream(values())
                    .filter(HlsReason::hostLevel)
                    .map(HlsReason::name)
                    .collect(Collectors.toUnmodifiableSet());

    private final HlsStatus status;
    private final boolean hostLevel;

    HlsReason(HlsStatus status) {
        this(status, false);
    }

    HlsReason(HlsStatus status, boolean hostLevel) {
        this.status = status;
        this.hostLevel = hostLevel;
    }

    public HlsStatus status() {
        return status;
    }

    /**
     * The prober, or who answers it for names, was at fault: the result says nothing of the stream.
     */
    public boolean inconclusive() {
        return this == PROBER_OVERLOAD || this == DNS_TIMEOUT;
    }

    /** Nobody there said anything, not even that it would not. */
    public boolean silent() {
        return this == CONNECT_TIMEOUT || this == NO_ROUTE;
    }

    /** Somebody there said something. */
    public boolean answered() {
        return switch (this) {
            case INVALID_URL,
                    BLOCKED_ADDRESS,
                    DNS_ERROR,
                    DNS_TIMEOUT,
                    CONNECT_TIMEOUT,
                    NO_ROUTE,
                    PROBER_OVERLOAD ->
                    false;
            default -> true;
        };
    }

    /**
     * True where the host as a whole failed, not this stream of it: refused, connect timeout, TLS,
     * 5xx.
     */
    public boolean hostLevel() {
        return hostLevel;
    }

    /** The same of a verdict's reason, which may be none of these. */
    public static boolean isHostLevel(String reason) {
        return HOST_LEVEL.contains(reason);
    }
}
