package cctvout.simulator;

import java.util.List;

/** National and city ITS: what is registered redirects; the token in the path ends each hour. */
final class ItsScript implements BrandScript {

    private static final long HOUR_MS = 3_600_000;
    private static final long LINGER_MS = 600_000;
    private static final String ROOT = "/cctv/";

    @Override
    public Reply answer(Ask ask, Encoder.Moment encoder) {
        long hour = ask.nowMs() / HOUR_MS;
        String home = ROOT + "Zk+9/x" + hour % 1000 + "==/";
        if (ask.path().startsWith("/its/")) {
            return Reply.redirect(home + "list.m3u8?t=1+/=");
        }
        if (!ask.path().startsWith(home)) {
            return Reply.status(403);
        }
        if (encoder.goneMs() > LINGER_MS || encoder.newest() < 0) {
            return Reply.status(404);
        }
        // a new list each hour: its numbers begin there
        long base = (encoder.before() + encoder.newest()) / (HOUR_MS / Encoder.SEGMENT_MS);
        long newest = encoder.before() + encoder.newest() - base * (HOUR_MS / Encoder.SEGMENT_MS);
        if (ask.path().endsWith("/list.m3u8")) {
            List<String> head = List.of("#EXT-X-TARGETDURATION:2");
            return Reply.list(BrandScript.list(head, newest, "s" + base + "_", "\n"));
        }
        long number = BrandScript.number(ask.path());
        return number < 0 || number > newest ? Reply.status(404) : BrandScript.segment(number);
    }
}
