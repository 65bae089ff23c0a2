package cctvout.hls;

/** MPEG-2 transport stream packets and their programme tables (ISO/IEC 13818-1 section 2.4). */
final class TransportStream {

    private static final int PACKET = 188;
    private static final int SYNCS = 3;
    private static final int SYNC = 0x47;
    private static final int PAT_PID = 0;
    private static final int PAT_TABLE = 0;
    private static final int PMT_TABLE = 2;

    /** Of a picture's packet, up to the end of its presentation time stamp. */
    private static final int PES_HEADER = 14;

    /** Length of the checksum at a section's end. */
    private static final int CRC = 4;

    private TransportStream() {}

    /**
     * Where the first packet begins, 0 to 187; -1 where there are not three syncs a packet apart.
     */
    static int offset(byte[] data, int length) {
        int last = Math.min(PACKET - 1, length - 1 - (SYNCS - 1) * PACKET);
        for (int at = 0; at <= last; at++) {
            if (data[at] == SYNC && data[at + PACKET] == SYNC && data[at + 2 * PACKET] == SYNC) {
                return at;
            }
        }
        return -1;
    }

    /**
     * True where the programme tables among these packets are complete and name streams that are no
     * video, or none. What is cut off, scrambled or unknown counts as video.
     */
    static boolean withoutVideo(byte[] data, int length) {
        int pmtPid = -1;
        for (int at = Math.max(0, offset(data, length)); at + PACKET <= length; at += PACKET) {
            int section = section(data, at);
            if (data[at] != SYNC || section < 0) {
                continue;
            }
            int pid = pid(data, at + 1);
            if (pid == PAT_PID && pmtPid < 0) {
                pmtPid = pmtPid(data, section, at + PACKET);
            } else if (pid == pmtPid) {
                return onlyOthers(data, section, at + PACKET);
            }
        }
        return false;
    }

    /**
     * Presentation time stamp of the first picture that begins in these packets, in ticks of 90
     * kHz; -1 where none tells its own.
     */
    static long firstPts(byte[] data, int length) {
        for (int at = Math.max(0, offset(data, length)); at + PACKET <= length; at += PACKET) {
            int pes = payload(data, at);
            boolean video =
                    data[at] == SYNC
                            && pes >= 0
                            && pes + PES_HEADER <= at + PACKET
                            && data[pes] == 0
                            && data[pes + 1] == 0
                            && data[pes + 2] == 1
                            && (data[pes + 3] & 0xf0) == 0xe0;
            if (video && (data[pes + 7] & 0x80) != 0) {
                return pts(data, pes + 9);
            }
        }
        return -1;
    }

    /** 33 bits, each group of them followed by a marker bit. */
    private static long pts(byte[] data, int at) {
        return (data[at] & 0x0eL) << 29
                | (data[at + 1] & 0xffL) << 22
                | (data[at + 2] & 0xfeL) << 14
                | (data[at + 3] & 0xffL) << 7
                | (data[at + 4] & 0xfeL) >> 1;
    }

    /** Where the payload begins that something starts in; -1 where nothing does. */
    private static int payload(byte[] data, int packet) {
        boolean starts = (data[packet + 1] & 0x40) != 0;
        boolean payload = (data[packet + 3] & 0x10) != 0;
        boolean adaptation = (data[packet + 3] & 0x20) != 0;
        int at = packet + 4 + (adaptation ? 1 + (data[packet + 4] & 0xff) : 0);
        return !starts || !payload || at >= packet + PACKET ? -1 : at;
    }

    /** Where the section begins that starts in this packet; -1 where none does. */
    private static int section(byte[] data, int packet) {
        int at = payload(data, packet);
        if (at < 0) {
            return -1;
        }
        int section = at + 1 + (data[at] & 0xff);
        return section + 12 <= packet + PACKET ? section : -1;
    }

    /** PID of the only programme's map; -1 where there are several or the table is cut off. */
    private static int pmtPid(byte[] data, int section, int limit) {
        int end = section + 3 + length12(data, section + 1) - CRC;
        if (data[section] != PAT_TABLE || end > limit) {
            return -1;
        }
        int found = -1;
        for (int at = section + 8; at + 4 <= end; at += 4) {
            boolean network = data[at] == 0 && data[at + 1] == 0;
            if (!network && found >= 0) {
                return -1;
            }
            found = network ? found : pid(data, at + 2);
        }
        return found;
    }

    private static boolean onlyOthers(byte[] data, int section, int limit) {
        int end = section + 3 + length12(data, section + 1) - CRC;
        if (data[section] != PMT_TABLE || end > limit) {
            return false;
        }
        int at = section + 12 + length12(data, section + 10);
        for (; at + 5 <= end; at += 5 + length12(data, at + 3)) {
            if (!other(data[at] & 0xff)) {
                return false;
            }
        }
        return at == end;
    }

    /** Stream types that are audio, subtitles or data for certain. */
    private static boolean other(int streamType) {
        return switch (streamType) {
            case 0x03, 0x04, 0x0f, 0x11, 0x1c, 0x81, 0x87, 0xc1, 0xc2, 0xcf -> true; // audio
            case 0x05, 0x0d, 0x15, 0x86 -> true; // sections, timed metadata, cues
            default -> false;
        };
    }

    private static int pid(byte[] data, int at) {
        return (data[at] & 0x1f) << 8 | data[at + 1] & 0xff;
    }

    private static int length12(byte[] data, int at) {
        return (data[at] & 0x0f) << 8 | data[at + 1] & 0xff;
    }
}
