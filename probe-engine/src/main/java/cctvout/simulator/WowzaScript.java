package cctvout.simulator;

import java.util.List;

/** Wowza Streaming Engine: every entry opens a session, which names the lists and the segments. */
final class WowzaScript implements BrandScript {

    private static final String ROOT = "/live/cctv001.stream/";
    private static final long LINGER_MS = 60_000;

    private int session = 1_000;

    @Override
    public Reply answer(Ask ask, Encoder.Moment encoder) {
        if (encoder.goneMs() > LINGER_MS || encoder.newest() < 0) {
            return Reply.status(404);
        }
        String file = ask.path().substring(Math.min(ask.path().length(), ROOT.length()));
        if (file.equals("playlist.m3u8")) {
            session++;
            return Reply.list(
                    "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-STREAM-INF:BANDWIDTH=1155072,"
                            + "CODECS=\"avc1.66.30\",RESOLUTION=720x480\nchunklist_w"
                            + session
                            + ".m3u8\n");
        }
        if (file.startsWith("chunklist_w")) {
            String opened = file.substring("chunklist_w".length(), file.lastIndexOf('.'));
            List<String> head = List.of("#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:2");
            String prefix = "media_w" + opened + "_";
            return Reply.list(BrandScript.list(head, encoder.newest(), prefix, "\n"));
        }
        long number = BrandScript.number(file);
        return number < 0 || number > encoder.newest()
                ? Reply.status(404)
                : BrandScript.segment(number);
    }
}
