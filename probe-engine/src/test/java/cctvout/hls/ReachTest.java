package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a check may connect: 127.0.0.0/13 here, so that 127.9.9.9 stands for a forbidden host. */
class ReachTest {

    private final AtomicInteger lookups = new AtomicInteger();
    private ScriptedServer server;
    private ScriptedServer forbidden;

    @BeforeEach
    void start() {
        server = ScriptedServer.start();
        forbidden = ScriptedServer.start("127.9.9.9", 0);
        forbidden.on("/x", ScriptedServer.list(Samples.live(0, 1)));
    }

    @AfterEach
    void stop() {
        assertThat(forbidden.requests()).isEmpty();
        assertThat(forbidden.closed().availablePermits()).isZero();
        server.close();
        forbidden.close();
    }

    private String there() {
        return "http://127.9.9.9:" + forbidden.port() + "/x";
    }

    /** Answers in turn; the last one from then on. */
    private ProberRig named(List<List<String>> answers) {
        return new ProberRig(
                ProberRig.settings(),
                host -> {
                    if (!host.equals("cam.example")) {
                        return ProberRig.literal(host);
                    }
                    int turn = Math.min(lookups.getAndIncrement(), answers.size() - 1);
                    List<InetAddress> addresses = new ArrayList<>();
                    answers.get(turn).forEach(a -> addresses.add(InetAddress.ofLiteral(a)));
                    return Mono.just(addresses);
                },
                "127.0.0.0/13");
    }

    private String named(String path) {
        return "http://cam.example:" + server.port() + path;
    }

    private static void blocked(HlsResult result) {
        assertThat(result.reason()).as(result.toString()).isEqualTo(HlsReason.BLOCKED_ADDRESS);
        assertThat(result.status()).isEqualTo(HlsStatus.ERROR);
        assertThat(result.detail()).contains("127.9.9.9").contains("allowed-networks");
    }

    @Test
    void entryOutsideIsBlocked() {
        blocked(new ProberRig().probe(there()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[::ffff:127.9.9.9]:%d/x",
                "http://[64:ff9b::7f09:909]:%d/x",
                "http://169.254.169.254/",
                "http://[::1]:%d/x",
                "http://0.0.0.0:%d/x"
            })
    void otherSpellingsOfForbiddenAddressesAreBlocked(String url) {
        HlsResult result = new ProberRig().probe(url.replace("%d", "" + forbidden.port()));

        assertThat(result.reason()).isEqualTo(HlsReason.BLOCKED_ADDRESS);
    }

    @Test
    void redirectOutsideIsBlocked() {
        server.on("/e", ScriptedServer.redirect(there()));

        blocked(new ProberRig().probe(server.url("/e")));
    }

    @Test
    void variantOutsideIsBlocked() {
        server.on("/e", ScriptedServer.list("#EXTM3U\n#EXT-X-STREAM-INF:B=1\n" + there()));

        blocked(new ProberRig().probe(server.url("/e")));
    }

    @Test
    void segmentOutsideIsBlocked() {
        server.on("/e", ScriptedServer.list("#EXTM3U\n#EXTINF:2,\n" + there()));

        blocked(new ProberRig().probe(server.url("/e")));
    }

    @Test
    void initializationSectionOutsideIsBlocked() {
        server.on(
                "/e",
                ScriptedServer.list(
                        "#EXTM3U\n#EXT-X-MAP:URI=\"" + there() + "\"\n#EXTINF:2,\ns.mp4\n"));
        server.on("/s.mp4", ScriptedServer.ok("video/mp4", Samples.box("moof", 99)));

        blocked(new ProberRig().probe(server.url("/e")));
    }

    @Test
    void nameWithOneForbiddenAddressAmongOthersIsBlocked() {
        blocked(named(List.of(List.of("127.0.0.1", "127.9.9.9"))).probe(named("/e")));
    }

    @Test
    void nameThatTurnsToAForbiddenAddressWithinACheckIsBlocked() {
        server.on("/e", ScriptedServer.list(Samples.live(0, 1)));

        blocked(named(List.of(List.of("127.0.0.1"), List.of("127.9.9.9"))).probe(named("/e")));
        assertThat(server.paths()).containsExactly("/e");
    }

    @Test
    void eachConnectionGoesToTheAddressOfItsOneLookup() {
        server.on("/e", ScriptedServer.list(Samples.live(0, 1)));
        server.on("/seg0.ts", ScriptedServer.ts(Samples.ts(9)));

        HlsResult result = named(List.of(List.of("127.0.0.1"))).probe(named("/e"));

        assertThat(result.status()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(lookups).hasValue(2);
        assertThat(server.requests().get(0).header("Host"))
                .isEqualTo("cam.example:" + server.port());
    }

    @Test
    void nextAddressOfANameIsTriedWhereTheFirstRefuses() {
        server.on("/e", ScriptedServer.list(Samples.live(0, 1)));
        server.on("/seg0.ts", ScriptedServer.ts(Samples.ts(9)));

        HlsResult result = named(List.of(List.of("127.0.0.7", "127.0.0.1"))).probe(named("/e"));

        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
    }
}
