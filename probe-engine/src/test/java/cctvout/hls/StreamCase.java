package cctvout.hls;

import cctvout.hls.ScriptedServer.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;

/** What streams are tried on: a server that says what a test wrote, and who asks it. */
abstract class StreamCase {

    final ProberRig rig = new ProberRig();
    @AutoClose final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void nothingIsHeld() {
        rig.comesFree();
    }

    HlsResult entry(Reply reply) {
        server.on("/e.m3u8", reply);
        return rig.probe(server.url("/e.m3u8"));
    }
}
