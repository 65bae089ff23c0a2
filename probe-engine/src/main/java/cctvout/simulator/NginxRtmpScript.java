package cctvout.simulator;

import java.util.List;

/** nginx-rtmp with {@code hls_continuous}: files on a disk, which stay there for a while. */
final class NginxRtmpScript implements BrandScript {

    private static final long LINGER_MS = 300_000;

    @Override
    public Reply answer(Ask ask, Encoder.Moment encoder) {
        long newest = encoder.before() + encoder.newest();
        if (encoder.goneMs() > LINGER_MS || newest < 0) {
            return Reply.status(404);
        }
        if (ask.path().equals("/hls/cam.m3u8")) {
            List<String> head = List.of("#EXT-X-TARGETDURATION:2");
            return Reply.list(BrandScript.list(head, newest, "cam-", "\r\n"));
        }
        long number = BrandScript.number(ask.path());
        return number < 0 || number > newest ? Reply.status(404) : BrandScript.segment(number);
    }
}
