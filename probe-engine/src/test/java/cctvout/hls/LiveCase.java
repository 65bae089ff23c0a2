package cctvout.hls;

/** A camera whose list goes on as a test says, looked at again and again. */
abstract class LiveCase extends StreamCase {

    void serves(long sequence) {
        server.on("/cam/live.m3u8", ScriptedServer.list(Samples.live(sequence, 3)));
        for (long i = sequence; i < sequence + 3; i++) {
            server.on("/cam/seg" + i + ".ts", ScriptedServer.ts(Samples.ts(200)));
        }
    }

    HlsResult probe(HlsResult before) {
        return rig.probe(server.url("/cam/live.m3u8"), before.edge());
    }

    HlsResult first() {
        return rig.probe(server.url("/cam/live.m3u8"));
    }

    void passes(double seconds) {
        rig.now = rig.now.plusMillis((long) (seconds * 1000));
    }
}
