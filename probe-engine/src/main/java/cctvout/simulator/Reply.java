package cctvout.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a connection is to do about a request. */
sealed interface Reply {

    /** All at once. */
    record Whole(ByteBuf head, ByteBuf body) implements Reply {}

    /** All at once, later. */
    record Late(Whole reply, Duration after) implements Reply {}

    /** The head at once, then byte by byte. */
    record Drip(ByteBuf head, byte[] body, Duration every) implements Reply {}

    /**
     * The head at once, then so many bytes of one block over and over, as fast as they are read.
     */
    record Flood(ByteBuf head, byte[] block, long bytes) implements Reply {}

    /** The connection ends with RST. */
    record Reset() implements Reply {}

    /** Nothing at all. */
    record Silence() implements Reply {}

    String PLAYLIST = "application/vnd.apple.mpegurl";
    String MEDIA = "video/MP2T";

    static Whole status(ByteBufAllocator alloc, String status, String... fields) {
        return new Whole(head(alloc, status, null, 0, fields), Unpooled.EMPTY_BUFFER);
    }

    static Whole body(ByteBufAllocator alloc, String type, byte[] bytes, String... fields) {
        return body(alloc, "200 OK", type, Unpooled.wrappedBuffer(bytes), fields);
    }

    static Whole body(
            ByteBufAllocator alloc, String status, String type, ByteBuf bytes, String... fields) {
        return new Whole(head(alloc, status, type, bytes.readableBytes(), fields), bytes);
    }

    /**
     * A head with the fields that every answer has.
     *
     * @param status code and reason phrase
     * @param fields further ones, whole lines without their ends
     */
    static ByteBuf head(
            ByteBufAllocator alloc,
            String status,
            @Nullable String type,
            long length,
            String... fields) {
        ByteBuf head = alloc.ioBuffer(256);
        put(head, "HTTP/1.1 ", status);
        put(head, "\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: no-cache", "");
        if (type != null) {
            put(head, "\r\nContent-Type: ", type);
        }
        put(head, "\r\nContent-Length: ", Long.toString(length));
        for (String field : fields) {
            put(head, "\r\n", field);
        }
        put(head, "\r\n\r\n", "");
        return head;
    }

    private static void put(ByteBuf head, String first, String second) {
        head.writeCharSequence(first, StandardCharsets.US_ASCII);
        head.writeCharSequence(second, StandardCharsets.US_ASCII);
    }
}
