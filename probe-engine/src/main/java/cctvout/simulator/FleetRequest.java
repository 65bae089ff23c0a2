package cctvout.simulator;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a camera needs to know of a request (RFC 9112).
 *
 * @param host address that the connection was made to, four bytes in one int
 * @param path without its query
 * @param query after the question mark; empty where there is none
 * @param range value of its Range field
 * @param last whether the client wants the connection closed after the answer
 */
record FleetRequest(
        int host, String method, String path, String query, @Nullable String range, boolean last) {

    private static final String END = "\r\n\r\n";
    private static final String RANGE = "\r\nrange:";
    private static final String CLOSE = "\r\nconnection: close";

    /** Bytes up to the end of the first request's head, -1 where it is not all there. */
    static int length(ByteBuf received) {
        int from = received.readerIndex();
        int last = received.writerIndex() - END.length();
        for (int at = from; at <= last; at++) {
            if (received.getByte(at) == '\r' && received.getInt(at) == 0x0d0a0d0a) {
                return at + END.length() - from;
            }
        }
        return -1;
    }

    /** Null where it is no request. */
    static @Nullable FleetRequest parse(String head, int host) {
        int first = head.indexOf(' ');
        int second = first < 0 ? -1 : head.indexOf(' ', first + 1);
        int end = head.indexOf("\r\n");
        if (second < 0 || second > end || !head.startsWith(" HTTP/1.", second)) {
            return null;
        }
        String target = head.substring(first + 1, second);
        int question = target.indexOf('?');
        String fields = head.substring(end).toLowerCase(Locale.ROOT);
        int range = fields.indexOf(RANGE);
        return new FleetRequest(
                host,
                head.substring(0, first),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                range < 0 ? null : line(fields, range + RANGE.length()),
                fields.contains(CLOSE) || head.startsWith(" HTTP/1.0", second));
    }

    static @Nullable FleetRequest parse(ByteBuf head, int length, int host) {
        return parse(head.toString(head.readerIndex(), length, StandardCharsets.US_ASCII), host);
    }

    private static String line(String fields, int from) {
        return fields.substring(from, fields.indexOf("\r\n", from)).strip();
    }
}
