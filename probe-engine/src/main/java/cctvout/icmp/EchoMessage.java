package cctvout.icmp;

/** What may have to do with an echo of ours, as it was read; nothing in it is believed yet. */
sealed interface EchoMessage {

    /** The ICMP header's sequence. */
    int sequence();

    /** The ICMP header's identifier. */
    int identifier();

    record Reply(int identifier, int sequence, int slot, long token) implements EchoMessage {}

    /**
     * @param target where the refused echo was sent to
     * @param marked whether enough was quoted to hold slot and token (RFC 792 asks for 8 bytes
     *     only)
     */
    record Refused(
            Refusal refusal,
            byte[] target,
            int identifier,
            int sequence,
            boolean marked,
            int slot,
            long token)
            implements EchoMessage {}
}
