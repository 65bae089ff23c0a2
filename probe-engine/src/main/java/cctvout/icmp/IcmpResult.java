package cctvout.icmp;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The outcome of one echo train, as REST shows it.
 *
 * @param reason why, in capitals: {@code OK}, {@code LOSS}, {@code TIMEOUT}, or the refusal: {@code
 *     HOST_UNREACHABLE}, {@code NET_UNREACHABLE}, {@code PROHIBITED}, {@code NO_ROUTE}, {@code
 *     DNS_ERROR}, {@code BLOCKED_ADDRESS}, {@code SEND_ERROR}
 * @param sent echoes sent
 * @param received distinct answers taken
 * @param rttMinMs milliseconds; null where none was answered
 */
public record IcmpResult(
        IcmpStatus status,
        String reason,
        int sent,
        int received,
        @Nullable Double rttMinMs,
        @Nullable Double rttAvgMs,
        @Nullable Double rttMaxMs,
        Instant checkedAt) {}
