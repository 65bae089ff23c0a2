package cctvout.simulator;

/** mediamtx, low latency: nothing without the session that its entry gave, by cookie. */
final class MediamtxScript implements BrandScript {

    private static final String ROOT = "/cam/";
    private static final long WINDOW = 7;

    @Override
    public Reply answer(Ask ask, Encoder.Moment encoder) {
        if (!encoder.there()) {
            return Reply.status(404);
        }
        String file = ask.path().substring(Math.min(ask.path().length(), ROOT.length()));
        if (file.equals("index.m3u8")) {
            return entry(ask, encoder);
        }
        if (!ask.cookie().contains("hlsSession=s" + encoder.run())) {
            return Reply.status(401);
        }
        if (file.equals("main_stream.m3u8")) {
            return Reply.list(list(encoder.newest()));
        }
        if (file.equals("abc_init.mp4")) {
            return Reply.media("video/mp4", Fragments.init());
        }
        long number = BrandScript.number(file);
        return number < 0 || number > encoder.newest()
                ? Reply.status(404)
                : Reply.media("video/mp4", Fragments.fragment(number * Encoder.SEGMENT_MS));
    }

    private static Reply entry(Ask ask, Encoder.Moment encoder) {
        if (!ask.query().contains("cookieCheck=1")) {
            return Reply.redirect("/cam/index.m3u8?cookieCheck=1")
                    .with("Set-Cookie", "cookieCheck=1; Path=/; HttpOnly");
        }
        if (!ask.cookie().contains("cookieCheck=1")) {
            return Reply.status(400);
        }
        if (encoder.newest() < 0) {
            return Reply.notYet(); // the first list is held until there is a segment
        }
        return Reply.list(
                        "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-INDEPENDENT-SEGMENTS\n\n"
                                + "#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"avc1.42c028\"\n"
                                + "main_stream.m3u8\n")
                .with("Set-Cookie", "hlsSession=s" + encoder.run() + "; Path=/cam");
    }

    private static String list(long newest) {
        StringBuilder text =
                new StringBuilder(
                        "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:2\n"
                                + "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.5\n"
                                + "#EXT-X-PART-INF:PART-TARGET=0.2\n");
        // the numbers begin with the gaps that stand for what was before the stream
        text.append("#EXT-X-MEDIA-SEQUENCE:").append(newest + 1).append('\n');
        text.append("#EXT-X-MAP:URI=\"abc_init.mp4\"\n");
        for (long number = newest - WINDOW + 1; number <= newest; number++) {
            String gap = number < 0 ? "#EXT-X-GAP\n#EXTINF:2.00000,\ngap.mp4\n" : "";
            String whole = "#EXTINF:2.00000,\nabc_seg" + number + ".mp4\n";
            text.append(number < 0 ? gap : whole);
        }
        return text.append("#EXT-X-PART:DURATION=0.2,URI=\"abc_part")
                .append(newest + 1)
                .append(".mp4\",INDEPENDENT=YES\n")
                .toString();
    }
}
