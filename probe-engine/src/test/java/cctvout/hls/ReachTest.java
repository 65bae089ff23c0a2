package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

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

    /** Each form of 127.9.9.9, or of an address that nobody may name, in each place of a check. */
    static Stream<Arguments> everyFormInEveryPlace() {
        List<String> hosts =
                List.of(
                        "127.9.9.9",
                        "[::ffff:127.9.9.9]",
                        "[::ffff:7f09:909]",
                        "[0:0:0:0:0:ffff:7f09:0909]",
                        "[::127.9.9.9]",
                        "[64:ff9b::7f09:909]",
                        "[64:ff9b::127.9.9.9]",
                        "[64:ff9b:1::7f09:909]",
                        "[2002:7f09:909::1]",
                        "[::1]",
                        "[::]",
                        "[fe80::1]",
                        "[ff02::1]",
                        "2131298569",
                        "127.9.2313",
                        "127.592137",
                        "0.0.0.0",
                        "169.254.169.254",
                        "100.64.0.1",
                        "224.0.0.1",
                        "255.255.255.255");
        return hosts.stream()
                .flatMap(host -> Stream.of(Place.values()).map(p -> Arguments.of(host, p)));
    }

    enum Place {
        ENTRY,
        REDIRECT,
        SECOND_REDIRECT,
        VARIANT,
        SEGMENT,
        SEGMENT_REDIRECT,
        PREVIOUS_SEGMENT,
        INIT
    }

    @ParameterizedTest
    @MethodSource("everyFormInEveryPlace")
    void noFormOfAForbiddenAddressIsConnectedTo(String host, Place place) {
        String there = "http://" + host + ":" + forbidden.port() + "/x";
        String entry = place == Place.ENTRY ? there : server.url("/e");
        server.on("/e", ScriptedServer.list(Samples.live(0, 2)));
        server.on("/seg0.ts", ScriptedServer.ts(Samples.ts(9)));
        server.on("/seg1.ts", ScriptedServer.ts(Samples.ts(9)));
        switch (place) {
            case ENTRY -> {}
            case REDIRECT -> server.on("/e", ScriptedServer.redirect(there));
            case SECOND_REDIRECT -> {
                server.on("/e", ScriptedServer.redirect("/2"));
                server.on("/2", ScriptedServer.redirect(there));
            }
            case VARIANT ->
                    server.on(
                            "/e", ScriptedServer.list("#EXTM3U\n#EXT-X-STREAM-INF:B=1\n" + there));
            case SEGMENT -> server.on("/e", ScriptedServer.list("#EXTM3U\n#EXTINF:2,\n" + there));
            case SEGMENT_REDIRECT -> server.on("/seg1.ts", ScriptedServer.redirect(there));
            case PREVIOUS_SEGMENT ->
                    server.on(
                            "/e",
                            ScriptedServer.list(
                                    "#EXTM3U\n#EXTINF:2,\n" + there + "\n#EXTINF:2,\nnone.ts\n"));
            case INIT -> {
                String map = "#EXT-X-MAP:URI=\"" + there + "\"\n";
                server.on("/e", ScriptedServer.list("#EXTM3U\n" + map + "#EXTINF:2,\ns.mp4\n"));
                server.on("/s.mp4", ScriptedServer.ok("video/mp4", Samples.box("moof", 99)));
            }
        }

        HlsResult result = new ProberRig().probe(entry);

        assertThat(result.reason()).as(result.toString()).isEqualTo(HlsReason.BLOCKED_ADDRESS);
        assertThat(result.status()).isEqualTo(HlsStatus.ERROR);
        assertThat(result.detail()).contains("allowed-networks");
    }

    /** Forms that some resolvers take for an address: no name server knows them. */
    @ParameterizedTest
    @ValueSource(strings = {"0x7f090909", "0177.9.9.9", "0x7f.9.9.9", "127.9.9.9.", "127%2e9.9.9"})
    void oddFormsOfAForbiddenAddressLeadNowhere(String host) {
        HlsResult result = new ProberRig().probe("http://" + host + ":" + forbidden.port() + "/x");

        assertThat(result.reason())
                .isIn(HlsReason.BLOCKED_ADDRESS, HlsReason.DNS_ERROR, HlsReason.INVALID_URL);
    }

    @Test
    void keyIsNeverFetched() {
        String key = "#EXT-X-KEY:METHOD=AES-128,URI=\"" + there() + "\"\n";
        server.on("/e", ScriptedServer.list("#EXTM3U\n" + key + "#EXTINF:2,\nseg0.ts\n"));
        server.on("/seg0.ts", ScriptedServer.ok("video/mp2t", noise(16 * 100)));

        HlsResult result = new ProberRig().probe(server.url("/e"));

        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(server.paths()).containsExactly("/e", "/seg0.ts");
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new java.util.Random(5).nextBytes(noise);
        return noise;
    }

    @Test
    void nameThatAnswersWithAnAddressInsideAnAddressIsBlocked() {
        for (String inside : List.of("64:ff9b::7f09:909", "2002:7f09:909::1", "::ffff:127.9.9.9")) {
            HlsResult result = named(List.of(List.of(inside))).probe(named("/e"));
            assertThat(result.reason()).isEqualTo(HlsReason.BLOCKED_ADDRESS);
        }
        assertThat(server.requests()).isEmpty();
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
