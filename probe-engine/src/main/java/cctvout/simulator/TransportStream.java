package cctvout.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.time.Duration;
import java.util.Arrays;

/**
 * MPEG-TS segments (ISO/IEC 13818-1) of an H.264 stream: one template, made once, in which only the
 * time stamps differ from segment to segment. Each PID has a multiple of 16 packets in a segment,
 * so that its continuity counter goes on rightly in the next one without a change. Any thread.
 */
final class TransportStream {

    static final int PACKET = 188;
    static final int FRAMES = 32;

    private static final int FRAMES_A_GROUP = 2;
    private static final int PACKETS_A_FRAME = 8;
    private static final int PACKETS_A_GROUP = 2 + FRAMES_A_GROUP * PACKETS_A_FRAME;
    private static final int PACKETS = FRAMES / FRAMES_A_GROUP * PACKETS_A_GROUP;
    private static final int PMT_PID = 0x100;
    private static final int VIDEO_PID = 0x101;
    private static final int CLOCK_FIELD = 8;
    private static final int PES_HEADER = 14;
    private static final int PES_TIME = 9;
    private static final long TICKS_A_MS = 90;
    private static final long TIME_MASK = (1L << 33) - 1;
    // a picture is shown this much after the clock that it is sent by
    private static final long DECODE_DELAY = 500 * TICKS_A_MS;

    private final byte[] template = new byte[PACKETS * PACKET];
    private final long segmentTicks;

    TransportStream(Duration segmentLength) {
        this.segmentTicks = segmentLength.toMillis() * TICKS_A_MS;
        for (int frame = 0; frame < FRAMES; frame++) {
            int at = frameStart(frame);
            if (frame % FRAMES_A_GROUP == 0) {
                int group = frame / FRAMES_A_GROUP;
                section(at - 2 * PACKET, 0, group, ASSOCIATION);
                section(at - PACKET, PMT_PID, group, PROGRAM_MAP);
            }
            video(at, frame);
        }
    }

    private static final byte[] ASSOCIATION = {
        0x00, (byte) 0xb0, 13, 0, 1, (byte) 0xc1, 0, 0, 0, 1, (byte) (0xe0 | PMT_PID >> 8), 0
    };

    private static final byte[] PROGRAM_MAP = {
        0x02,
        (byte) 0xb0,
        18,
        0,
        1,
        (byte) 0xc1,
        0,
        0,
        (byte) (0xe0 | VIDEO_PID >> 8),
        1,
        (byte) 0xf0,
        0,
        0x1b,
        (byte) (0xe0 | VIDEO_PID >> 8),
        1,
        (byte) 0xf0,
        0
    };

    /** Bytes of a segment. */
    int size() {
        return template.length;
    }

    /**
     * A whole segment.
     *
     * @param sequence media sequence number: places the segment in time
     */
    byte[] segment(long sequence) {
        byte[] bytes = template.clone();
        ByteBuf whole = Unpooled.wrappedBuffer(bytes);
        for (int frame = 0; frame < FRAMES; frame++) {
            long ticks = sequence * segmentTicks + segmentTicks * frame / FRAMES;
            stamp(whole, frameStart(frame), frame, ticks);
        }
        return bytes;
    }

    private static int frameStart(int frame) {
        int group = frame / FRAMES_A_GROUP;
        int inGroup = frame % FRAMES_A_GROUP;
        return (group * PACKETS_A_GROUP + 2 + inGroup * PACKETS_A_FRAME) * PACKET;
    }

    private static boolean carriesClock(int frame) {
        return frame % FRAMES_A_GROUP == 0;
    }

    private static void stamp(ByteBuf part, int packet, int frame, long ticks) {
        int payload = packet + 4;
        if (carriesClock(frame)) {
            long clock = ticks & TIME_MASK;
            part.setInt(packet + 6, (int) (clock >>> 1));
            part.setShort(packet + 10, (int) ((clock & 1) << 15 | 0x7e00));
            payload += CLOCK_FIELD;
        }
        long shown = ticks + DECODE_DELAY & TIME_MASK;
        int at = payload + PES_TIME;
        part.setByte(at, (int) (0x21 | shown >>> 29 & 0x0e));
        part.setShort(at + 1, (int) (shown >>> 14 & 0xfffe | 1));
        part.setShort(at + 3, (int) (shown << 1 & 0xfffe | 1));
    }

    private void section(int at, int pid, int counter, byte[] table) {
        Arrays.fill(template, at, at + PACKET, (byte) 0xff);
        header(at, pid, counter, true, 0x10);
        template[at + 4] = 0; // pointer: the table begins at once
        System.arraycopy(table, 0, template, at + 5, table.length);
        int crc = crc(table);
        for (int i = 0; i < 4; i++) {
            template[at + 5 + table.length + i] = (byte) (crc >>> 24 - 8 * i);
        }
    }

    private void video(int at, int frame) {
        int field = carriesClock(frame) ? CLOCK_FIELD : 0;
        int capacity = PACKETS_A_FRAME * (PACKET - 4) - field;
        byte[] pes = new byte[capacity];
        byte[] start = {0, 0, 1, (byte) 0xe0, 0, 0, (byte) 0x80, (byte) 0x80, 5};
        System.arraycopy(start, 0, pes, 0, start.length);
        byte[] picture = GreyPicture.accessUnit(frame, capacity - PES_HEADER);
        System.arraycopy(picture, 0, pes, PES_HEADER, picture.length);
        int taken = 0;
        for (int i = 0; i < PACKETS_A_FRAME; i++) {
            int packet = at + i * PACKET;
            boolean withField = i == 0 && field > 0;
            header(packet, VIDEO_PID, frame * PACKETS_A_FRAME + i, i == 0, withField ? 0x30 : 0x10);
            int payload = packet + 4;
            if (withField) {
                template[payload] = CLOCK_FIELD - 1;
                template[payload + 1] = (byte) (frame == 0 ? 0x50 : 0x10); // random access, PCR
                payload += CLOCK_FIELD;
            }
            int length = packet + PACKET - payload;
            System.arraycopy(pes, taken, template, payload, length);
            taken += length;
        }
    }

    private void header(int at, int pid, int counter, boolean begins, int control) {
        template[at] = 0x47;
        template[at + 1] = (byte) ((begins ? 0x40 : 0) | pid >> 8);
        template[at + 2] = (byte) pid;
        template[at + 3] = (byte) (control | counter & 0x0f);
    }

    /** CRC-32 of ISO/IEC 13818-1, annex A. */
    static int crc(byte[] table) {
        int crc = -1;
        for (byte value : table) {
            crc ^= value << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        return crc;
    }
}
