package cctvout.simulator;

import java.util.List;

/** SRS: the same path is entry and list, told apart by the context in its query. */
final class SrsScript implements BrandScript {

    private static final long DISPOSED_MS = 120_000;

    private int contexts;

    @Override
    public Reply answer(Ask ask, Encoder.Moment encoder) {
        if (encoder.goneMs() > DISPOSED_MS || encoder.newest() < 0) {
            return Reply.status(404);
        }
        if (!ask.path().endsWith(".m3u8")) {
            long number = BrandScript.number(ask.path());
            return number < 0 || number > encoder.newest()
                    ? Reply.status(404)
                    : BrandScript.segment(number);
        }
        if (!ask.query().startsWith("hls_ctx=")) {
            contexts++;
            return Reply.list(
                    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,AVERAGE-BANDWIDTH=1\n"
                            + "/live/livestream.m3u8?hls_ctx=1u3k0z"
                            + contexts);
        }
        List<String> head = List.of("#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:2");
        return Reply.list(BrandScript.list(head, encoder.newest(), "livestream-", "\n"));
    }
}
