package cctvout.simulator;

import java.time.Duration;
import java.util.Locale;

/**
 * The playlists of all streams as functions of the clock (RFC 8216). Streams begin at 1970, so that
 * numbers go on over a restart; each camera's segments end at a phase of its own.
 */
final class LiveStream {

    /** Segments that are still served when no playlist lists them any more. */
    private static final int KEPT = 3;

    private static final String ENTRY_HEAD =
            "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-STREAM-INF:BANDWIDTH=220000,CODECS=\""
                    + GreyPicture.CODEC
                    + "\",RESOLUTION="
                    + GreyPicture.WIDTH
                    + "x"
                    + GreyPicture.HEIGHT
                    + "\n";

    private final long segmentMs;
    private final int window;
    private final String head;
    private final String extinf;

    LiveStream(Duration targetDuration, int window) {
        this.segmentMs = targetDuration.toMillis();
        this.window = window;
        long seconds = (segmentMs + 999) / 1000;
        this.head =
                "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:"
                        + seconds
                        + "\n#EXT-X-MEDIA-SEQUENCE:";
        this.extinf = String.format(Locale.ROOT, "#EXTINF:%.3f,\n", segmentMs / 1000.0);
    }

    /** Number of the newest segment that is complete at this time. */
    long edge(int camera, long atMs) {
        long phase = camera * 2_654_435_761L % segmentMs;
        return (atMs + phase) / segmentMs - 1;
    }

    String entry(int camera) {
        return ENTRY_HEAD + Resource.chunklist(camera) + "\n";
    }

    String chunklist(int camera, long edge, boolean ended) {
        long first = edge - window + 1;
        String prefix = Resource.segmentPrefix(camera);
        var text = new StringBuilder(80 + window * 56);
        text.append(head).append(first).append('\n');
        for (long sequence = first; sequence <= edge; sequence++) {
            text.append(extinf).append(prefix).append(sequence).append(".ts\n");
        }
        if (ended) {
            text.append("#EXT-X-ENDLIST\n");
        }
        return text.toString();
    }

    boolean available(long sequence, long edge) {
        return sequence <= edge && sequence > edge - window - KEPT;
    }
}
