package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers that begin a stream when it is asked for. */
class OnDemandTest {

    private static final String ZLM = "Server: ZLMediaKit(git hash:1a2b3c4,branch:master)";

    private final AtomicInteger asked = new AtomicInteger();
    private ScriptedServer server;

    @BeforeEach
    void start() {
        server = ScriptedServer.start();
        server.on("/seg1.ts", ScriptedServer.ts(Samples.ts(9)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ProberRig rig(Duration response, int concurrency, int queue, String... hosts) {
        Duration soon = Duration.ofMillis(20);
        Duration patient = Duration.ofSeconds(20);
        return new ProberRig(
                ProberRig.respondWithin(response)
                        .with(
                                new HlsSettings.OnDemand(
                                        List.of(hosts), soon, patient, concurrency, queue, 2)));
    }

    private static ProberRig rig(String... hosts) {
        return rig(Duration.ofSeconds(20), 2, 2, hosts);
    }

    private static ScriptedServer.Reply missing(String... headers) {
        return ScriptedServer.status(404, "Not Found", headers);
    }

    private void comesSecond(ScriptedServer.Reply first) {
        server.on(
                "/l.m3u8",
                _ ->
                        asked.getAndIncrement() == 0
                                ? first
                                : ScriptedServer.list(Samples.live(0, 2)));
    }

    @Test
    void streamThatIsMissingAtFirstAndThereLaterIsWell() {
        comesSecond(missing(ZLM));
        ProberRig rig = rig();

        HlsResult result = rig.probe(server.url("/l.m3u8"));

        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(server.paths()).containsExactly("/l.m3u8", "/l.m3u8", "/seg1.ts");
        rig.comesFree();
    }

    @Test
    void streamThatIsHeldLongerThanOthersMayIsWaitedFor() {
        ScriptedServer.Reply held =
                new ScriptedServer.Reply(
                        Flux.concat(
                                Flux.<byte[]>never().take(Duration.ofMillis(1500)),
                                ScriptedServer.list(Samples.live(0, 2)).bytes()),
                        ScriptedServer.Reply.End.CLOSE);
        server.on("/l.m3u8", held);

        HlsResult result =
                rig(Duration.ofMillis(700), 2, 2, "127.0.0.1").probe(server.url("/l.m3u8"));

        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
    }

    @Test
    void onlyOneMoreTryIsMade() {
        server.on("/l.m3u8", missing(ZLM));

        assertThat(rig().probe(server.url("/l.m3u8")).reason()).isEqualTo(HlsReason.HTTP_404);
        assertThat(server.paths()).hasSize(2);
    }

    @Test
    void otherServersAreNotAskedTwice() {
        server.on("/l.m3u8", missing());

        assertThat(rig().probe(server.url("/l.m3u8")).reason()).isEqualTo(HlsReason.HTTP_404);
        assertThat(server.paths()).hasSize(1);
    }

    @Test
    void hostIsRememberedByWhatItsServerCalledItself() {
        ProberRig rig = rig(Duration.ofMillis(700), 2, 2);
        server.on("/x.m3u8", ScriptedServer.status(401, "Unauthorized", ZLM));
        rig.probe(server.url("/x.m3u8"));
        comesSecond(ScriptedServer.silence());

        HlsResult result = rig.probe(server.url("/l.m3u8"));

        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
    }

    @Test
    void tryThatFindsTheLaneFullIsOverloadAndNamesTheSetting() throws Exception {
        ProberRig rig = rig(Duration.ofMillis(700), 1, 0, "127.0.0.1");
        server.on("/held.m3u8", ScriptedServer.silence());
        server.on("/l.m3u8", missing());
        Disposable held = rig.prober().probe(server.url("/held.m3u8"), null).subscribe();
        assertThat(server.arrived().tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();

        HlsResult late = rig.probe(server.url("/l.m3u8"));

        assertThat(late.reason()).isEqualTo(HlsReason.PROBER_OVERLOAD);
        assertThat(late.detail())
                .contains("cctvout.probe.hls.on-demand.queue")
                .contains("on-demand.concurrency=1");
        held.dispose();
        rig.comesFree();
    }

    @Test
    void heldStreamTakesNoPlaceAtItsHost() throws Exception {
        ProberRig rig = rig(Duration.ofMillis(700), 16, 0, "127.0.0.1");
        server.on("/held.m3u8", ScriptedServer.silence());
        server.on("/l.m3u8", ScriptedServer.list(Samples.live(0, 2)));
        List<Disposable> held =
                Flux.range(0, 8)
                        .map(_ -> rig.prober().probe(server.url("/held.m3u8"), null).subscribe())
                        .collectList()
                        .toFuture()
                        .get(10, TimeUnit.SECONDS);
        assertThat(server.arrived().tryAcquire(16, 30, TimeUnit.SECONDS)).isTrue();

        HlsResult result = rig.probe(server.url("/l.m3u8"));

        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
        held.forEach(Disposable::dispose);
        rig.comesFree();
    }
}
