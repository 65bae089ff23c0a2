package cctvout.its;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.camera.CameraRegistry;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;
import cctvout.store.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Where the list may come from and lead to, and that its key stays with it. */
@WholeApplication
@ExtendWith(OutputCaptureExtension.class)
class ItsReachTest {

    @Autowired private CameraRegistry registry;
    @Autowired private Database database;
    @Autowired private HostResolver hosts;
    @Autowired private JsonMapper json;
    private ItsRig rig;

    @BeforeEach
    void start() {
        rig = new ItsRig(new ItsRig.Application(registry, database, hosts, json));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void streamsInForbiddenNetworksAreNotTaken() {
        rig.listed.put("안", "http://169.254.169.254/latest/x.m3u8");
        rig.listed.put("밖", "file:///etc/passwd");
        rig.listed.put("수", "http://2130706433/x.m3u8");

        ItsStatus status = rig.turn();

        assertThat(status.created()).isEqualTo(2);
        assertThat(status.skipped()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::1]"
            })
    void theListItselfIsNotFetchedFromAForbiddenAddress(String host) throws IOException {
        try (ServerSocketChannel sentinel = ServerSocketChannel.open()) {
            sentinel.bind(new InetSocketAddress(0), 10);
            sentinel.configureBlocking(false);
            int port = sentinel.socket().getLocalPort();
            ItsSettings settings = ItsRig.settings("http://" + host + ":" + port + "/cctvInfo");
            rig.run("update its_source set next_at = now()");

            ItsStatus status =
                    ItsRig.value(rig.source(settings, AllowedNetworks.standard()).turn());

            assertThat(status.failure()).contains("cctvout.probe.allowed-networks");
            try (SocketChannel somebody = sentinel.accept()) {
                assertThat(somebody).isNull();
            }
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (ServerSocketChannel sentinel = ServerSocketChannel.open()) {
            sentinel.bind(new InetSocketAddress("127.0.0.1", 0), 10);
            sentinel.configureBlocking(false);
            String there = "http://127.0.0.1:" + sentinel.socket().getLocalPort() + "/";
            DisposableServer elsewhere =
                    HttpServer.create()
                            .host("127.0.0.1")
                            .port(0)
                            .handle((_, response) -> response.sendRedirect(there))
                            .bindNow(ItsRig.SOON);
            rig.run("update its_source set next_at = now()");

            ItsStatus status =
                    ItsRig.value(
                            rig.source(
                                            ItsRig.settings(
                                                    "http://127.0.0.1:" + elsewhere.port() + "/"))
                                    .turn());

            assertThat(status.failure()).isEqualTo("answered HTTP 302");
            try (SocketChannel somebody = sentinel.accept()) {
                assertThat(somebody).isNull();
            }
            elsewhere.disposeNow(ItsRig.SOON);
        }
    }

    @Test
    void theKeyIsInNoLog(CapturedOutput output) {
        rig.turn();
        rig.answer.set("{\"resultMsg\":\"bad key " + ItsRig.KEY + "\"}");
        rig.turn();
        rig.away();
        assertThat(rig.turn().failure()).isEqualTo("connection refused");
        assertThat(output.getAll())
                .contains("was not taken")
                .doesNotContain(ItsRig.KEY)
                .doesNotContain("very%2B");
        assertThat(ItsRig.settings("http://127.0.0.1/?apiKey=" + ItsRig.KEY).toString())
                .doesNotContain("secret");
    }
}
