package cctvout.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a transport stream as a receiver would: independent of the code that makes it. */
final class SegmentReader {

    final List<Long> shownAt = new ArrayList<>();
    final List<Long> clocks = new ArrayList<>();
    final Map<Integer, List<Integer>> counters = new HashMap<>();
    final List<byte[]> tables = new ArrayList<>();

    SegmentReader(byte[] stream) {
        if (stream.length % 188 != 0) {
            throw new AssertionError(stream.length + " bytes are no whole packets");
        }
        for (int at = 0; at < stream.length; at += 188) {
            packet(Arrays.copyOfRange(stream, at, at + 188));
        }
    }

    private void packet(byte[] packet) {
        if (packet[0] != 0x47) {
            throw new AssertionError("no sync byte");
        }
        int pid = (packet[1] & 0x1f) << 8 | packet[2] & 0xff;
        counters.computeIfAbsent(pid, _ -> new ArrayList<>()).add(packet[3] & 0x0f);
        int payload = 4;
        if ((packet[3] & 0x20) != 0) {
            payload += 1 + (packet[4] & 0xff);
            if ((packet[5] & 0x10) != 0) {
                clocks.add((bytes(packet, 6, 4) << 1) | (packet[10] >> 7 & 1));
            }
        }
        boolean begins = (packet[1] & 0x40) != 0;
        if (begins && pid == 0x101) {
            pes(packet, payload);
        } else if (begins) {
            int length = (int) (bytes(packet, payload + 2, 2) & 0xfff);
            tables.add(Arrays.copyOfRange(packet, payload + 1, payload + 4 + length));
        }
    }

    private void pes(byte[] packet, int at) {
        if (bytes(packet, at, 4) != 0x1e0) {
            throw new AssertionError("no video PES");
        }
        long high = packet[at + 9] >> 1 & 7;
        long middle = bytes(packet, at + 10, 2) >> 1;
        long low = bytes(packet, at + 12, 2) >> 1;
        shownAt.add(high << 30 | middle << 15 | low);
    }

    private static long bytes(byte[] from, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | from[at + i] & 0xff;
        }
        return value;
    }
}
