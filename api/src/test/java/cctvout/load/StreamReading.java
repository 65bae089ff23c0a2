package cctvout.load;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One client's reading: chunks (RFC 9112 section 7.1), in them lines, of them what an event is. It
 * looks at as little as it can, for a thousand of them share one thread.
 */
final class StreamReading {

    /** What is told of a transition; its data only where somebody asks. */
    interface Taker {
        boolean wantsData(long seq);

        void took(long seq, @Nullable String data);
    }

    private enum Part {
        HEAD,
        SIZE,
        CHUNK,
        AFTER
    }

    private final Taker taker;
    private final ByteArrayOutputStream carried = new ByteArrayOutputStream();
    private Part part = Part.HEAD;
    private int headEnd;
    private long size;
    private long seq = -1;
    private boolean transition;

    // what became of it
    String status = "";
    long first = -1;
    long last = -1;
    long count;
    long digest;
    int disorder;

    StreamReading(Taker taker) {
        this.taker = taker;
    }

    /** In the form of {@link #digest}: one more number. */
    static long digest(long before, long seq) {
        return before * 31 + seq;
    }

    void begin() {
        count = 0;
        digest = 0;
        first = -1;
    }

    void read(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            at =
                    switch (part) {
                        case HEAD -> head(bytes, at, length);
                        case SIZE -> size(bytes, at, length);
                        case CHUNK -> chunk(bytes, at, length);
                        case AFTER -> after(bytes, at);
                    };
        }
    }

    private int head(byte[] bytes, int from, int length) {
        for (int at = from; at < length; at++) {
            carried.write(bytes[at]);
            headEnd = bytes[at] == '\n' ? headEnd + 1 : bytes[at] == '\r' ? headEnd : 0;
            if (headEnd == 2) {
                status = carried.toString(StandardCharsets.ISO_8859_1).split(" ", 3)[1];
                carried.reset();
                part = Part.SIZE;
                size = 0;
                return at + 1;
            }
        }
        return length;
    }

    private int size(byte[] bytes, int from, int length) {
        for (int at = from; at < length; at++) {
            int digit = Character.digit(bytes[at], 16);
            if (digit >= 0) {
                size = size * 16 + digit;
            } else if (bytes[at] == '\n') {
                part = Part.CHUNK;
                return at + 1;
            }
        }
        return length;
    }

    private int after(byte[] bytes, int at) {
        if (bytes[at] == '\n') {
            part = Part.SIZE;
            size = 0;
        }
        return at + 1;
    }

    private int chunk(byte[] bytes, int from, int length) {
        int end = (int) Math.min(length, from + size);
        size -= end - from;
        if (size == 0) {
            part = Part.AFTER;
        }
        int begin = from;
        for (int at = from; at < end; at++) {
            if (bytes[at] == '\n') {
                if (carried.size() == 0) {
                    line(bytes, begin, at);
                } else {
                    carried.write(bytes, begin, at - begin);
                    line(carried.toByteArray(), 0, carried.size());
                    carried.reset();
                }
                begin = at + 1;
            }
        }
        carried.write(bytes, begin, end - begin);
        return end;
    }

    private void line(byte[] bytes, int from, int to) {
        if (to - from < 5) {
            return;
        }
        switch (bytes[from]) {
            case 'i' -> seq = number(bytes, from + "id: ".length(), to);
            case 'e' -> transition = bytes[from + "event: ".length()] == 't';
            case 'd' -> {
                if (transition) {
                    took(bytes, from + "data: ".length(), to);
                }
            }
            default -> {
                // a comment, or how soon to come again
            }
        }
    }

    private void took(byte[] bytes, int from, int to) {
        if (seq <= last) {
            disorder++;
        }
        first = first < 0 ? seq : first;
        last = seq;
        count++;
        digest = digest(digest, seq);
        taker.took(
                seq,
                taker.wantsData(seq)
                        ? new String(bytes, from, to - from, StandardCharsets.UTF_8)
                        : null);
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }
}
