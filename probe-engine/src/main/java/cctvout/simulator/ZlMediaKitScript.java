package cctvout.simulator;

import java.util.List;

/** ZLMediaKit: pulls when it is asked, and stops when nobody has asked for a while. */
final class ZlMediaKitScript implements BrandScript {

    private static final long IDLE_MS = 60_000;

    private long askedMs = Long.MIN_VALUE / 2;

    @Override
    public Reply answer(Ask ask, Encoder.Moment encoder) {
        boolean idle = ask.nowMs() - askedMs > IDLE_MS;
        askedMs = ask.nowMs();
        return reply(ask, encoder, idle)
                .with("Server", "ZLMediaKit(git hash:1a2b3c4/2024-05-01,branch:master)");
    }

    private static Reply reply(Ask ask, Encoder.Moment encoder, boolean idle) {
        if (idle || !encoder.there() || encoder.newest() < 0) {
            return Reply.status(404);
        }
        if (ask.path().endsWith("/hls.m3u8")) {
            List<String> head = List.of("#EXT-X-VERSION:4", "#EXT-X-TARGETDURATION:2");
            return Reply.list(BrandScript.list(head, encoder.newest(), "2024-05-01/12-", "\n"));
        }
        long number = BrandScript.number(ask.path());
        return number < 0 || number > encoder.newest()
                ? Reply.status(404)
                : BrandScript.segment(number);
    }
}
