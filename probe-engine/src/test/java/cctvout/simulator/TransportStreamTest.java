package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class TransportStreamTest {

    private final TransportStream stream = new TransportStream(Duration.ofSeconds(2));
    private final Segments segments = new Segments(stream);

    @Test
    void timeStampsAdvanceEvenlyOverSegments() {
        SegmentReader reader = new SegmentReader(join(bytes(700), bytes(701)));
        assertThat(reader.shownAt).hasSize(64);
        for (int i = 1; i < 64; i++) {
            assertThat(reader.shownAt.get(i) - reader.shownAt.get(i - 1)).isEqualTo(5625);
        }
        assertThat(reader.shownAt.getFirst()).isEqualTo(700L * 180_000 + 45_000);
        assertThat(reader.clocks.getFirst()).isEqualTo(700L * 180_000);
        assertThat(reader.clocks).isSorted();
    }

    @Test
    void timeStampsWrapAt33Bits() {
        long first = (1L << 33) / 180_000;
        SegmentReader reader = new SegmentReader(join(bytes(first), bytes(first + 1)));
        assertThat(reader.shownAt).allMatch(time -> time >= 0 && time < 1L << 33);
        assertThat(reader.shownAt.getLast()).isLessThan(reader.shownAt.getFirst());
    }

    @Test
    void continuityCountersGoOnFromSegmentToSegment() {
        SegmentReader reader = new SegmentReader(join(bytes(1), bytes(2)));
        assertThat(reader.counters).containsOnlyKeys(0, 0x100, 0x101);
        for (List<Integer> counters : reader.counters.values()) {
            for (int i = 1; i < counters.size(); i++) {
                assertThat(counters.get(i)).isEqualTo((counters.get(i - 1) + 1) % 16);
            }
        }
    }

    @Test
    void tablesHaveRightChecksumsAndAnnounceH264() {
        SegmentReader reader = new SegmentReader(bytes(1));
        assertThat(reader.tables).hasSize(32);
        // over a table with its checksum the remainder is 0
        assertThat(reader.tables).allMatch(table -> TransportStream.crc(table) == 0);
        assertThat(reader.tables.get(1)[12]).isEqualTo((byte) 0x1b);
        assertThat(
                        TransportStream.crc(
                                "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(0x0376e6e7);
    }

    @Test
    void anyPartIsTheSameAsInTheWhole() {
        byte[] whole = bytes(9);
        for (int from : List.of(0, 1, 187, 188, 400, 16_356, whole.length - 1)) {
            for (int to : List.of(from + 1, from + 200, whole.length)) {
                int end = Math.min(to, whole.length);
                assertThat(bytes(9, from, end))
                        .isEqualTo(java.util.Arrays.copyOfRange(whole, from, end));
            }
        }
    }

    @Test
    void aSegmentIsTheSameAgainAfterManyOthers() {
        byte[] before = bytes(9);
        for (int sequence = 10; sequence < 200; sequence++) {
            assertThat(bytes(sequence)).isEqualTo(stream.segment(sequence));
        }
        assertThat(bytes(9)).isEqualTo(before);
    }

    @Test
    void noStartCodeIsInsideAPicture() {
        byte[] unit = GreyPicture.accessUnit(0, 1450);
        List<Integer> kinds = new ArrayList<>();
        for (int i = 0; i + 4 < unit.length; i++) {
            if (unit[i] == 0 && unit[i + 1] == 0 && unit[i + 2] == 0 && unit[i + 3] == 1) {
                kinds.add(unit[i + 4] & 0x1f);
            }
        }
        assertThat(kinds).containsExactly(9, 7, 8, 5, 12);
        assertThat(unit).hasSize(1450);
    }

    private byte[] bytes(long sequence) {
        return bytes(sequence, 0, stream.size());
    }

    private byte[] bytes(long sequence, int from, int to) {
        return java.util.Arrays.copyOfRange(segments.whole(sequence), from, to);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
