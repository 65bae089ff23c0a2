package cctvout.hls;

/** How far one exchange has come: says what it was that took too long. One writer at a time. */
final class Progress {

    enum Phase {
        RESOLVE,
        CONNECT,
        /** TLS. */
        HANDSHAKE,
        RESPONSE,
        BODY
    }

    private volatile Phase phase = Phase.RESOLVE;

    void reached(Phase next) {
        phase = next;
    }

    Phase phase() {
        return phase;
    }

    HlsReason timedOut() {
        return switch (phase) {
            case RESOLVE -> HlsReason.DNS_TIMEOUT;
            case CONNECT -> HlsReason.CONNECT_TIMEOUT;
            case HANDSHAKE -> HlsReason.TLS_ERROR;
            case RESPONSE -> HlsReason.RESPONSE_TIMEOUT;
            case BODY -> HlsReason.BODY_TIMEOUT;
        };
    }
}
