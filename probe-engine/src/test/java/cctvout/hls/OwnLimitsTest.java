package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.ScriptedServer.Reply.End;
import cctvout.network.HostResolver;
import cctvout.network.LookupLimitException;

import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What our own limits refuse, and what is called off: nothing is held afterwards. */
class OwnLimitsTest extends StreamCase {

    private static void is(HlsReason reason, HlsResult result) {
        assertThat(result.reason()).as(result.toString()).isEqualTo(reason);
        assertThat(result.status()).isEqualTo(HlsStatus.ERROR);
        assertThat(result.httpStatus()).isNull();
    }

    @Test
    void lookupThatOurOwnLimitRefusedSaysNothingOfTheStream() {
        HostResolver none = _ -> Mono.error(new LookupLimitException(1));
        HlsResult result =
                new ProberRig(ProberRig.settings(), none, "127.0.0.0/13")
                        .probe("http://cam.example/");

        is(HlsReason.PROBER_OVERLOAD, result);
        assertThat(result.reason().inconclusive()).isTrue();
        assertThat(result.detail()).contains("cctvout.probe.dns.max-lookups");
    }

    @Test
    void timeInOurOwnQueueIsOverload() {
        HlsSettings tight =
                new HlsSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(100),
                        64,
                        1,
                        1,
                        5,
                        1000,
                        1000,
                        true,
                        "cctv-out");
        ProberRig busy = new ProberRig(tight);
        server.on("/e.m3u8", ScriptedServer.silence());
        Disposable hanging = busy.prober().probe(server.url("/e.m3u8"), null).subscribe();
        try {
            HlsResult late = busy.probe(server.url("/e.m3u8"));
            is(HlsReason.PROBER_OVERLOAD, late);
            assertThat(late.detail()).contains("queue-timeout").contains("per-host=1");
            assertThat(late.latencyMs()).isNull();
        } finally {
            hanging.dispose();
        }
        busy.comesFree();
    }

    @Test
    void checksThatWaitForABusyHostHoldUpNoOtherHost() throws Exception {
        HlsSettings narrow =
                new HlsSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20),
                        2,
                        1,
                        16,
                        5,
                        1000,
                        1000,
                        true,
                        "cctv-out");
        ProberRig busy = new ProberRig(narrow);
        server.on("/e.m3u8", ScriptedServer.silence());
        List<Disposable> hanging = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            hanging.add(busy.prober().probe(server.url("/e.m3u8"), null).subscribe());
        }
        try (ScriptedServer other = ScriptedServer.start("127.0.0.2", 0)) {
            other.on("/e.m3u8", ScriptedServer.list(Samples.live(0, 1)));
            other.on("/seg0.ts", ScriptedServer.ts(Samples.ts(9)));
            HlsResult result = busy.probe("http://127.0.0.2:" + other.port() + "/e.m3u8");
            assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
        } finally {
            hanging.forEach(Disposable::dispose);
        }
        busy.comesFree();
    }

    @Test
    void cancelledProbeClosesItsConnection() throws Exception {
        server.on("/e.m3u8", ScriptedServer.silence());
        Disposable probe = rig.prober().probe(server.url("/e.m3u8"), null).subscribe();
        assertThat(server.arrived().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(rig.prober().lanes()).isEqualTo(2);

        probe.dispose();

        assertThat(server.closed().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        rig.comesFree();
    }

    @Test
    void cancelledProbeClosesItsConnectionWithinABody() throws Exception {
        server.on(
                "/e.m3u8",
                ScriptedServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n#EXTM3U\n")
                        .then(End.HANG));
        Disposable probe = rig.prober().probe(server.url("/e.m3u8"), null).subscribe();
        assertThat(server.arrived().tryAcquire(10, TimeUnit.SECONDS)).isTrue();

        probe.dispose();

        assertThat(server.closed().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        rig.comesFree();
    }
}
