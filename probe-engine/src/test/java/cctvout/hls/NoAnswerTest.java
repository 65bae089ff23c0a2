package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.ScriptedServer.Reply.End;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Servers of which nothing usable comes, and our own limits. */
class NoAnswerTest extends StreamCase {

    private HlsResult entry(ProberRig asked, ScriptedServer.Reply reply) {
        server.on("/e.m3u8", reply);
        return asked.probe(server.url("/e.m3u8"));
    }

    private static ProberRig responding() {
        return new ProberRig(ProberRig.respondWithin(Duration.ofSeconds(1)));
    }

    private static ProberRig ending() {
        return new ProberRig(ProberRig.allWithin(Duration.ofMillis(2500)));
    }

    private static void is(HlsReason reason, HlsResult result) {
        assertThat(result.reason()).as(result.toString()).isEqualTo(reason);
        assertThat(result.status()).isEqualTo(HlsStatus.ERROR);
        assertThat(result.httpStatus()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "live.m3u8", "rtsp://127.0.0.1/1", "http://a:b@127.0.0.1/", "\u0000"})
    void invalidUrl(String url) {
        is(HlsReason.INVALID_URL, rig.probe(url));
    }

    @Test
    void unknownName() {
        is(HlsReason.DNS_ERROR, rig.probe("http://no.such.example/"));
    }

    @Test
    void nameServersThatDoNotAnswer() {
        ProberRig slow = named(Mono.error(new TimeoutException("no name server")));
        is(HlsReason.DNS_TIMEOUT, slow.probe("http://cam.example/"));
        ProberRig silent = named(Mono.never());
        is(HlsReason.DNS_TIMEOUT, silent.probe("http://cam.example/"));
    }

    private static ProberRig named(Mono<List<InetAddress>> answer) {
        return new ProberRig(
                ProberRig.allWithin(Duration.ofMillis(300)), _ -> answer, "127.0.0.0/13");
    }

    @Test
    void nobodyListens() {
        int port;
        try (ScriptedServer gone = ScriptedServer.start()) {
            port = gone.port();
        }

        HlsResult result = rig.probe("http://127.0.0.1:" + port + "/");

        is(HlsReason.CONNECT_REFUSED, result);
        assertThat(result.reason().hostLevel()).isTrue();
    }

    /** A listener whose queue is full drops what asks to connect, as a dead host does. */
    @Test
    void connectionThatIsNotMade() throws Exception {
        ProberRig hasty = new ProberRig(ProberRig.connectWithin(Duration.ofMillis(400)));
        List<SocketChannel> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            for (int i = 0; i < 8; i++) {
                SocketChannel waiting = SocketChannel.open();
                waiting.configureBlocking(false);
                waiting.connect(full.getLocalSocketAddress());
                queue.add(waiting);
            }
            is(HlsReason.CONNECT_TIMEOUT, hasty.probe("http://127.0.0.1:" + full.getLocalPort()));
        } finally {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }

    @Test
    void noRoute() {
        StreamUrl url = StreamUrl.parse("http://127.0.0.1/");
        Progress progress = new Progress();
        progress.reached(Progress.Phase.CONNECT);

        assertThat(
                        Faults.of(
                                        new ConnectException(
                                                "finishConnect(..) failed with error(-104): Connection"
                                                        + " reset by peer"),
                                        progress,
                                        url)
                                .reason())
                .isEqualTo(HlsReason.CONNECTION_RESET);
        assertThat(Faults.of(new NoRouteToHostException("x"), progress, url).reason())
                .isEqualTo(HlsReason.NO_ROUTE);
        assertThat(
                        Faults.of(
                                        new java.net.ConnectException("Network is unreachable"),
                                        progress,
                                        url)
                                .reason())
                .isEqualTo(HlsReason.NO_ROUTE);
        assertThat(
                        Faults.of(
                                        new java.net.ConnectException(
                                                "Cannot assign requested address"),
                                        progress,
                                        url)
                                .reason())
                .isEqualTo(HlsReason.PROBER_OVERLOAD);
    }

    @Test
    void silenceAfterTheRequest() {
        is(HlsReason.RESPONSE_TIMEOUT, entry(responding(), ScriptedServer.silence()));
    }

    @Test
    void drippingHeadersEndAtTheDeadline() {
        HlsResult result = entry(ending(), ScriptedServer.drip("HTTP/1.1 200 OK\r\nX: ", "x"));

        is(HlsReason.RESPONSE_TIMEOUT, result);
        assertThat(result.detail()).contains("cctvout.probe.hls.deadline");
        assertThat(result.latencyMs()).isBetween(2400L, 30_000L);
    }

    @Test
    void drippingBodyEndsAtTheDeadline() throws Exception {
        is(
                HlsReason.BODY_TIMEOUT,
                entry(
                        ending(),
                        ScriptedServer.drip(
                                "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n#EXTM3U\n",
                                "\n")));
        assertThat(server.closed().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void bodyThatStalls() {
        is(
                HlsReason.BODY_TIMEOUT,
                entry(
                        responding(),
                        ScriptedServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n#EXTM3U\n")
                                .then(End.HANG)));
    }

    @Test
    void resetBeforeTheAnswerAndWithinIt() {
        is(HlsReason.CONNECTION_RESET, entry(ScriptedServer.silence().then(End.RESET)));
        is(HlsReason.CONNECTION_RESET, entry(ScriptedServer.silence().then(End.CLOSE)));
        is(
                HlsReason.CONNECTION_RESET,
                entry(
                        ScriptedServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n#EXTM3U\n")
                                .then(End.RESET)));
        is(
                HlsReason.CONNECTION_RESET,
                entry(
                        ScriptedServer.raw(
                                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n#EXTM3U\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\u0015\u0003\u0001\u0000\u0002\u0002\u0050\r\n\r\n",
                "RTSP/1.0 400 Bad Request\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void whateverIsNotHttp(String garbage) {
        is(HlsReason.NOT_HTTP, entry(ScriptedServer.raw(garbage)));
    }

    @Test
    void plainServerBehindHttps() {
        server.on("/e.m3u8", ScriptedServer.list(""));

        is(
                HlsReason.TLS_ERROR,
                responding().probe("https://127.0.0.1:" + server.port() + "/e.m3u8"));
    }

    @Test
    void certificateThatNobodySignedIsRefusedUnlessToldNotToLook() throws Exception {
        X509Bundle own =
                new CertificateBuilder()
                        .subject("CN=camera")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        ScriptedServer tls =
                ScriptedServer.startTls(Http11SslContextSpec.forServer(own.toKeyManagerFactory()));
        try (tls) {
            tls.on("/e.m3u8", ScriptedServer.list(Samples.live(0, 1)));
            tls.on("/seg0.ts", ScriptedServer.ts(Samples.ts(9)));
            String url = "https://127.0.0.1:" + tls.port() + "/e.m3u8";

            is(HlsReason.TLS_CERT, rig.probe(url));
            ProberRig trusting = new ProberRig(ProberRig.trusting());
            assertThat(trusting.probe(url).status()).isEqualTo(HlsStatus.SUCCESS);
        }
    }
}
